#include "engine/domain/decide.h"

#include "engine/domain/activation.h"
#include "engine/domain/client.h"
#include "engine/domain/company.h"
#include "engine/domain/credit.h"
#include "engine/domain/credit_note.h"
#include "engine/domain/file.h"
#include "engine/domain/going_back.h"
#include "engine/domain/import_books.h"
#include "engine/domain/import_list.h"
#include "engine/domain/invoice.h"
#include "engine/domain/payment.h"
#include "engine/domain/period.h"
#include "engine/domain/product.h"
#include "engine/domain/series.h"
#include "engine/domain/settings.h"
#include "engine/domain/write_off.h"

#include <array>

namespace daybook::domain {
namespace {

// In the order of Command; records say these, so they are never changed (tests compare them with
// the types' own names).
constexpr std::array<std::string_view, std::variant_size_v<AnyCommand>> kNames = {
    "CreateCompany",       "ChangeCompany",      "ArchiveCompany",     "UnarchiveCompany",
    "RetireCompany",       "ReinstateCompany",   "ActivateCompany",    "DefineSeries",
    "ChangeSeries",        "CloseSeries",        "DefineTaxRate",      "RetireTaxRate",
    "DefineTerms",         "DefineMoneyAccount", "RetireMoneyAccount", "LockPeriod",
    "UnlockPeriod",        "CreateClient",       "ChangeClient",       "ArchiveClient",
    "UnarchiveClient",     "CreateProduct",      "ChangeProduct",      "ArchiveProduct",
    "UnarchiveProduct",    "DraftInvoice",       "ChangeInvoice",      "VoidInvoice",
    "IssueInvoice",        "AnnotateInvoice",    "WriteOffInvoice",    "ReverseWriteOff",
    "CreditInvoice",       "AllocateCredit",     "UnallocateCredit",   "RefundCredit",
    "ReverseCreditRefund", "RecordPayment",      "AllocatePayment",    "UnallocatePayment",
    "RefundPayment",       "ReverseRefund",      "ReversePayment",     "AnnotatePayment",
    "ImportBooks",         "RollBack",           "UndoCommit",         "AttachFile",
    "DetachFile",          "ImportList"};
static_assert(!kNames.back().empty());

} // namespace

Decision decide(const Books& books, const Command& command, const Circumstances& circumstances) {
    TRY(company_allows(books, command, circumstances));
    const auto dispatch = [&]<class C>(const C& asked) {
        // The exact overload: a command without a decider of its own would otherwise turn back into
        // a Command and come here for ever.
        Decision (*const decider)(const Books&, const C&, const Circumstances&) = decide;
        return decider(books, asked, circumstances);
    };
    return std::visit(dispatch, command);
}

std::string_view name_of(const Command& command) { return kNames[command.index()]; }

} // namespace daybook::domain
