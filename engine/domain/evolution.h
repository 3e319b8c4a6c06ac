// What each event makes of a thing: begin() where it brings the thing into being, change() where it
// finds it there. evolve() chooses; an event that has neither for a state does not fit it. Those
// that open a thing are in opening.h.
#pragma once

#include "engine/domain/opening.h"

namespace daybook::domain {

// ---- company: evolve_company.cpp ---------------------------------------------------------------
CompanyState begin(const CompanyCreated& event);
CompanyState begin(const HistoryLeftOut& event);
void change(CompanyState& company, const CompanyChanged& event);
void change(CompanyState& company, const CompanyArchived& event);
void change(CompanyState& company, const CompanyUnarchived& event);
void change(CompanyState& company, const CompanyRetired& event);
void change(CompanyState& company, const CompanyReinstated& event);
void change(CompanyState& company, const CompanyCopied& event);
void change(CompanyState& company, const CompanyRestored& event);
void change(CompanyState& company, const CompanyReplaced& event);
void change(CompanyState& company, const LossAccepted& event);
void change(CompanyState& company, const CompanyActivated& event);
void change(CompanyState& company, const CommandsKept& event); // Names, for the index.
TimelineState begin(const CompanyRolledBack& event);
void change(TimelineState& timeline, const CompanyRolledBack& event);

// ---- settings and periods: evolve_settings.cpp -------------------------------------------------
SeriesState begin(const SeriesDefined& event);
void change(SeriesState& series, const SeriesChanged& event);
void change(SeriesState& series, const SeriesAdvanced& event); // Positions never go back: Books.
void change(SeriesState& series, const SeriesClosed& event);
TaxRateState begin(const TaxRateDefined& event);
void change(TaxRateState& rate, const TaxRateRetired& event);
TermsState begin(const TermsDefined& event);
void change(TermsState& terms, const TermsDefined& event);
MoneyAccountState begin(const MoneyAccountDefined& event);
void change(MoneyAccountState& account, const MoneyAccountRetired& event);
PeriodState begin(const PeriodLocked& event);
PeriodState begin(const PeriodClosed& event); // A lock that nothing lifts.
void change(PeriodState& period, const PeriodUnlocked& event);

// ---- clients, products, files, imports: evolve_records.cpp -------------------------------------
ClientState begin(const ClientCreated& event);
void change(ClientState& client, const ClientChanged& event);
void change(ClientState& client, const ClientArchived& event);
void change(ClientState& client, const ClientUnarchived& event);
void change(ClientState& client, const ClientsMerged& event);
ProductState begin(const ProductCreated& event);
void change(ProductState& product, const ProductChanged& event);
void change(ProductState& product, const ProductArchived& event);
void change(ProductState& product, const ProductUnarchived& event);
FileState begin(const FileAttached& event);
FileState begin(const PersonErased& event); // Personal data are no attached file.
void change(FileState& file, const FileDetached& event);
void change(FileState& file, const FileErased& event);
void change(FileState& file, const PersonErased& event);
ImportState begin(const ImportRecorded& event);

// ---- invoices: evolve_invoice.cpp --------------------------------------------------------------
InvoiceState begin(const InvoiceDrafted& event);
InvoiceState begin(const InvoiceImported& event);
void change(InvoiceState& invoice, const InvoiceChanged& event);
void change(InvoiceState& invoice, const InvoiceVoided& event);
void change(InvoiceState& invoice, const InvoiceIssued& event);
void change(InvoiceState& invoice, const InvoiceAnnotated& event);
void change(InvoiceState& invoice, const InvoiceWrittenOff& event);
void change(InvoiceState& invoice, const WriteOffReversed& event);

// ---- credit notes and payments: evolve_money.cpp -----------------------------------------------
CreditNoteState begin(const CreditNoteIssued& event);
CreditNoteState begin(const CreditNoteImported& event);
void change(CreditNoteState& note, const CreditAllocated& event);
void change(CreditNoteState& note, const CreditUnallocated& event);
void change(CreditNoteState& note, const CreditRefunded& event);
void change(CreditNoteState& note, const CreditRefundReversed& event);
PaymentState begin(const PaymentRecorded& event);
PaymentState begin(const PaymentImported& event);
void change(PaymentState& payment, const PaymentAllocated& event);
void change(PaymentState& payment, const PaymentUnallocated& event);
void change(PaymentState& payment, const PaymentRefunded& event);
void change(PaymentState& payment, const RefundReversed& event);
void change(PaymentState& payment, const PaymentReversed& event);
void change(PaymentState& payment, const PaymentAnnotated& event);

} // namespace daybook::domain
