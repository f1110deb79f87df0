//! The usual names of columns in ledgers.

// The likeliest first, in the words of `heading::words`.
pub(super) const DATES: &str = "\
    date, payment date, date paid, paid date, date of payment, posting date, posted date, \
    transaction date, gl date, accounting date, effective date, clearing date, invoice date, \
    document date, tax point";
pub(super) const AMOUNTS: &str = "\
    net amount, amount net, amount excl vat, amount excluding vat, net, net value, amount, \
    amount paid, payment amount, invoice amount, value, invoiced value, spend";
pub(super) const SUPPLIERS: &str = "\
    supplier name, supplier, supplier beneficiary name, vendor name, vendor, payee name, payee, \
    creditor name, creditor, beneficiary name, beneficiary, paid to, merchant name, merchant";
pub(super) const REFERENCES: &str = "\
    transaction number, transaction no, transaction reference, transaction ref, transaction id, \
    trans no, trans ref, internal ref number, internal ref, internal reference, document number, \
    document no, document reference, doc number, doc no, doc ref, voucher, voucher no, \
    voucher number, journal number, journal no, journal, invoice number, invoice no, invoice ref, \
    invoice reference, inv no, payment reference, payment ref, payment number, payment no, \
    reference, reference number, ref, ref no, invoice, inv number, inv ref";
pub(super) const CODES: &str = "\
    project, project code, cost centre, cost center, cost centre code, cost center code, \
    cost code, gl code, nominal code, subjective code, expense code, account code, ledger code, \
    account, code";

pub(super) const CATEGORIES: &str = "\
    cost category, expense type, expenses type, expenditure type, spend type, cost type, \
    subjective, subjective description, subjective name, subjective title, account description, \
    account name, nominal description, nominal name, gl description, expense description, \
    expenditure category, expense category, spend category, category, purpose of spend, \
    purpose of expenditure, purpose, merchant category, procurement category, expense area";

/// The words of columns in a list of projects or requests, of which a ledger has few.
pub(super) const TRACKER: &str = "\
    title lead status requested request asked approved approval award awarded decision applicant \
    application bid outcome priority priorities pot milestone owner stage progress";
