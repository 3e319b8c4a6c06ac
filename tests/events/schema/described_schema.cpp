#include "events/codec/flat.h"
#include "tests/events/schema/schema_model.h"

namespace daybook::tests {
namespace {

template <class T>
std::string scalar_type() {
    if constexpr (std::is_same_v<T, bool>)
        return "bool";
    else if constexpr (std::is_same_v<flat::Wire<T>, std::int32_t>)
        return "int";
    else if constexpr (std::is_same_v<flat::Wire<T>, std::uint32_t>)
        return "uint";
    else if constexpr (std::is_same_v<flat::Wire<T>, std::int64_t>)
        return "long";
    else
        return "ulong";
}

class Walk {
  public:
    template <class T>
    void add_table() {
        const std::string table = table_name<T>();
        if (schema.tables.contains(table))
            return;
        schema.tables[table]; // Known from here on, so that a table may hold itself.
        std::vector<SchemaField> fields;
        for_each_field<T>([&](auto, const char* name, auto pointer) {
            using Member = std::remove_reference_t<decltype(std::declval<T&>().*pointer)>;
            bool nullable = false;
            if constexpr (kIsOptional<Member>)
                nullable = flat::Scalar<typename Member::value_type>;
            fields.push_back({name, type_of<Member>(), nullable});
        });
        schema.tables[table] = std::move(fields);
    }

    Schema schema;

  private:
    template <class T>
    std::string type_of() {
        if constexpr (Enumeration<T>)
            return add_enum<T>();
        else if constexpr (flat::Scalar<T>)
            return scalar_type<T>();
        else if constexpr (flat::UuidLike<T>)
            return "struct Uuid";
        else if constexpr (flat::HashLike<T>)
            return "struct Hash";
        else if constexpr (flat::Text<T>)
            return "string";
        else if constexpr (std::is_same_v<T, Bytes>)
            return "[ubyte]";
        else if constexpr (kIsOptional<T>)
            return type_of<typename T::value_type>();
        else if constexpr (kIsVector<T>)
            return "[" + type_of<typename T::value_type>() + "]";
        else
            return add_table<T>(), table_name<T>();
    }

    template <Enumeration E>
    std::string add_enum() {
        std::vector<std::string>& names = schema.enums[table_name<E>()];
        names.clear();
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
            [&](auto enumerator) { names.emplace_back(enumerator.name); });
        return "enum " + table_name<E>();
    }
};

} // namespace

Schema described_schema() {
    Walk walk;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, AnyEvent>>(
        [&](auto event) { walk.add_table<typename decltype(event)::type>(); });
    walk.add_table<Envelope>();
    return walk.schema;
}

} // namespace daybook::tests
