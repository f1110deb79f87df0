//! Runs the engine on one target: `CRG_TARGET=money fuzz corpus/money`.
#![no_main]

use std::sync::LazyLock;

#[expect(
    clippy::disallowed_methods,
    reason = "the engine uses the command line itself"
)]
static TARGET: LazyLock<crg_fuzz::Target> = LazyLock::new(|| {
    let name = std::env::var("CRG_TARGET").unwrap_or_default();
    // A panic in the thread that reads workbooks is caught and reported as a damaged workbook.
    let abort = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(crg::import::WORKBOOK_READER) {
            abort(panic);
        }
    }));
    crg_fuzz::target(&name).unwrap_or_else(|| {
        panic!(
            "CRG_TARGET is {name:?}; it must be one of {:?}",
            crg_fuzz::TARGETS.map(|(name, _)| name)
        )
    })
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| TARGET(bytes));
