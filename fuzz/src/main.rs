//! The engine over one target: `CRG_TARGET=money fuzz corpus/money`.
#![no_main]

use std::sync::LazyLock;

#[expect(
    clippy::disallowed_methods,
    reason = "the engine has the command line for itself"
)]
static TARGET: LazyLock<crg_fuzz::Target> = LazyLock::new(|| {
    let name = std::env::var("CRG_TARGET").unwrap_or_default();
    // A panic on the thread that reads workbooks is caught, and told as a damaged workbook.
    let stop = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(crg::import::WORKBOOK_READER) {
            stop(panic);
        }
    }));
    crg_fuzz::target(&name).unwrap_or_else(|| {
        panic!(
            "CRG_TARGET: found {name:?}, expected one of {:?}",
            crg_fuzz::TARGETS.map(|(name, _)| name)
        )
    })
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| TARGET(bytes));
