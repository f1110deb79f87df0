//! Amounts as lengths of a drawing.

use super::*;

#[test]
fn amounts_fill_the_scale() {
    let money = Money::from_pence;
    let scale = Scale::over([money(3_966_100), money(3_040)], 360);
    assert_eq!(
        [
            scale.position(Money::ZERO),
            scale.position(money(1_983_050)),
            scale.position(money(3_966_100))
        ],
        [0, 180, 360]
    );
    assert_eq!(
        [scale.length(money(3_040)), scale.length(Money::ZERO)],
        [1, 0]
    );
    assert_eq!(Scale::over([Money::ZERO], 360).position(Money::ZERO), 0);
    let below = Scale::over([money(-100), money(100)], 200);
    assert_eq!(
        [
            below.position(money(-100)),
            below.position(Money::ZERO),
            below.position(money(100))
        ],
        [0, 100, 200]
    );
}
