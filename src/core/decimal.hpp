// Numbers as decimal text without printf and strtod, which would be a tenth of what a browser downloads.
#pragma once

#include <string>
#include <string_view>

namespace quarterturn {

/// As printf's "%.<digits>g" writes it, digits 1..9: exact where the number has no more digits, else the last digit may
/// be one off.
std::string decimal(double value, int digits = 6);

/// The shortest decimal() from which read_decimal() gives the same float again.
std::string decimal(float value);

/// Reads digits with an optional sign, point and exponent, and nothing else; "inf" and "nan" are no numbers here.
/// Every text of up to 9 significant digits that is nearest to one float gives that float.
bool read_decimal(std::string_view text, float& value);

}  // namespace quarterturn
