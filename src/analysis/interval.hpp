// How sure a proportion is.
#pragma once

namespace quarterturn {

/// 95% interval of a proportion.
struct Interval {
  double low;
  double high;
};
/// Wilson's score interval (E. B. Wilson, JASA 22, 1927) for `correct` of `count`, z = 1.959964; {0, 1} for none.
/// `correct` may be a mean.
Interval wilson_interval(double correct, double count);

}  // namespace quarterturn
