#include "api/handlers/money_bodies.h"

namespace daybook::api {

using namespace schema;

Schema allocate_schema() {
    return object(
        {{"invoice_id", uuid()}, {"amount", decimal()}, optional("on", nullable(date()))});
}

Schema unallocate_schema() {
    return object({{"allocation_id", uuid()},
                   optional("on", nullable(date())),
                   optional("reason", nullable(text()))});
}

Schema refund_schema() {
    return object({{"amount", decimal()},
                   {"method", text()},
                   optional("refunded_on", nullable(date())),
                   optional("reference", nullable(text())),
                   optional("money_account_id", nullable(uuid()))});
}

Schema reverse_refund_schema() {
    return object({{"refund_id", uuid()},
                   {"cause", text_of({"mistake", "bounced", "chargeback"})},
                   {"reason", text()},
                   optional("on", nullable(date()))});
}

std::vector<Parameter> document_filters(std::string_view statuses) {
    return {{"status", statuses},
            {"client_id", "of that client"},
            {"number", "exact number"},
            {"issued_on", "on that date"},
            {"issued_on[gte]", "on or after that date"},
            {"issued_on[lte]", "on or before that date"},
            {"issued_on[gt]", "after that date"},
            {"issued_on[lt]", "before that date"}};
}

} // namespace daybook::api
