#include "engine/domain/decide.h"

#include <boost/core/type_name.hpp>
#include <boost/mp11.hpp>
#include <gtest/gtest.h>
#include <string>

namespace daybook::domain {
namespace {

TEST(Command, IsRecordedUnderTheNameOfItsType) {
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, AnyCommand>>(
        []<class Identity>(Identity) {
            using C = typename Identity::type;
            EXPECT_EQ("daybook::domain::" + std::string(name_of(Command{C{}})),
                      boost::core::type_name<C>());
        });
}

} // namespace
} // namespace daybook::domain
