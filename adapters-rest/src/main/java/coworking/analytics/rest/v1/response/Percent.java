package coworking.analytics.rest.v1.response;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/** Shares and changes, which all reports state in per cent with two digits after the decimal point. */
public final class Percent {

    private static final int DIGITS = 2;

    private Percent() {}

    /** A share of 1 in per cent. */
    public static double ofShare(double share) {
        return rounded(100 * share);
    }

    /** A share of 1 in per cent; empty if there is none. */
    public static OptionalDouble ofShare(OptionalDouble share) {
        return share.isPresent() ? OptionalDouble.of(ofShare(share.getAsDouble())) : share;
    }

    /** A number of per cent, rounded; empty if there is none. */
    public static OptionalDouble rounded(OptionalDouble percent) {
        return percent.isPresent() ? OptionalDouble.of(rounded(percent.getAsDouble())) : percent;
    }

    private static double rounded(double percent) {
        return BigDecimal.valueOf(percent).setScale(DIGITS, RoundingMode.HALF_UP).doubleValue();
    }
}
