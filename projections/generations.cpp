#include "projections/generations.h"

#include "projections/bytes.h"

#include <charconv>

namespace daybook::projections {
namespace {

constexpr unsigned kOwnerReadsAndWrites = 0600;

std::optional<std::uint64_t> parse_number(std::string_view text) {
    std::uint64_t number = 0;
    const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc{} || stop == text.data() || number == 0)
        return std::nullopt;
    return number;
}

} // namespace

Generations::Generations(Files& files, std::string data_directory, const Uuid& realm,
                         const RowStoreOptions& options)
    : files_(files),
      directory_(std::move(data_directory) + "/views"),
      realm_(realm),
      options_(options) {}

std::string Generations::path_of(std::uint64_t generation) const {
    return directory_ + "/" + std::to_string(generation);
}

std::string Generations::meta() const {
    std::string bytes = id_value(realm_);
    log::append_big_endian(bytes, kViewsVersion);
    return bytes;
}

Result<std::optional<std::uint64_t>> Generations::read_current() {
    const std::string path = directory_ + "/current";
    if (!TRY(files_.exists(path)))
        return std::nullopt;
    return parse_number(TRY(files_.read_all(path)));
}

Result<void> Generations::remove_leftovers() {
    for (const std::string& name : TRY(files_.list(directory_)))
        if (const auto number = parse_number(name); number && *number != current_)
            TRY(files_.remove_all(path_of(*number)));
    return {};
}

Result<std::shared_ptr<RowStore>> Generations::open_current() {
    TRY(files_.make_directory(directory_));
    current_ = TRY(read_current()).value_or(0);
    next_ = current_;
    TRY(remove_leftovers());
    if (current_ == 0 || !TRY(files_.exists(path_of(current_))))
        return nullptr;
    // What is wrong with it does not matter: it is built again from the log.
    auto store = RowStore::open(path_of(current_), options_);
    if (!store)
        return nullptr;
    const auto found = (*store)->pin()->get(meta_key());
    if (!found || *found != meta())
        return nullptr;
    return *std::move(store);
}

Result<std::shared_ptr<RowStore>> Generations::begin_next() {
    if (next_ != current_) // Begun before, and given up.
        TRY(files_.remove_all(path_of(next_)));
    ++next_;
    TRY(files_.remove_all(path_of(next_)));
    auto store = TRY(RowStore::open(path_of(next_), options_));
    TRY(store->write({{meta_key(), meta()}}));
    return store;
}

Result<void> Generations::adopt_next(RowStore& next, RowStore* replaced) {
    TRY(next.flush());
    TRY(files_.sync_directory(directory_));
    TRY(files_.replace(directory_ + "/current", std::to_string(next_) + "\n",
                       kOwnerReadsAndWrites));
    const std::string left = path_of(current_);
    if (replaced != nullptr)
        // Should it fail, the next opening removes what is left.
        replaced->when_closed([&files = files_, left] { (void)files.remove_all(left); });
    else if (current_ != 0)
        TRY(files_.remove_all(left));
    current_ = next_;
    return {};
}

} // namespace daybook::projections
