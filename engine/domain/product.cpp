#include "engine/domain/product.h"

#include "engine/domain/changed.h"
#include "engine/domain/claims.h"
#include "engine/domain/documents.h"
#include "engine/domain/profile_rules.h"
#include "engine/domain/unique.h"
#include "events/base/check.h"

namespace daybook::domain {
namespace {

// The API knows one price, `unit_price`; further ones are named by their place.
std::string price_pointer(std::size_t index, const std::string& member) {
    if (index == 0)
        return member == "amount" ? "/unit_price" : "/" + member;
    return "/prices/" + std::to_string(index) + "/" + member;
}

Faults faults_of(const ProductProfile& profile) {
    Faults faults;
    check_name(profile.code, "/code", faults);
    check_name(profile.names.empty() ? "" : profile.names.front().name, "/name", faults);
    check_length(profile.description, kTextLengthMax, "/description", faults);
    for (std::size_t i = 0; i < profile.prices.size(); ++i) {
        const Price& price = profile.prices[i];
        check_currency(price.currency, price_pointer(i, "currency"), faults);
        if (price.amount.micro < -kDecimalMax || price.amount.micro > kDecimalMax)
            faults.push_back({price_pointer(i, "amount"), Code::out_of_range, {}});
    }
    check_taxes(profile.taxes, "/taxes", faults);
    return faults;
}

Allowed sound(const Books& books, ProductId id, const ProductProfile& profile) {
    return together(faults_of(profile),
                    free_for(books, product_code_claim(profile.code), ref(id), "/code"));
}

ProductProfile with_currency(ProductProfile profile, const Currency& currency) {
    for (Price& price : profile.prices)
        if (price.currency.code.empty())
            price.currency = currency;
    return profile;
}

} // namespace

Decision decide(const Books& books, const CreateProduct& command,
                const Circumstances& circumstances) {
    CHECK(!books.find(ref(command.id)), "the id of a new product is new");
    const Currency& currency = company_of(books, circumstances).profile.base_currency;
    ProductProfile profile = with_currency(command.profile, currency);
    TRY(sound(books, command.id, profile));
    return happens(ref(command.id), ProductCreated{std::move(profile)});
}

Decision decide(const Books& books, const ChangeProduct& command,
                const Circumstances& circumstances) {
    const ProductState* product = books.product(command.id);
    if (!product)
        return refuse(Code::not_found);
    const Currency& currency = company_of(books, circumstances).profile.base_currency;
    ProductProfile profile = with_currency(command.profile, currency);
    std::vector<std::string> changed = changed_fields(product->profile, profile);
    if (changed.empty())
        return nothing_happens();
    TRY(sound(books, command.id, profile));
    return happens(ref(command.id), ProductChanged{std::move(profile), std::move(changed)});
}

Decision decide(const Books& books, const ArchiveProduct& command, const Circumstances&) {
    const ProductState* product = books.product(command.id);
    if (!product)
        return refuse(Code::not_found);
    if (product->archived)
        return refuse(Code::already_archived);
    return happens(ref(command.id), ProductArchived{command.reason});
}

Decision decide(const Books& books, const UnarchiveProduct& command, const Circumstances&) {
    const ProductState* product = books.product(command.id);
    if (!product)
        return refuse(Code::not_found);
    if (!product->archived)
        return refuse(Code::not_archived);
    return happens(ref(command.id), ProductUnarchived{command.reason});
}

} // namespace daybook::domain
