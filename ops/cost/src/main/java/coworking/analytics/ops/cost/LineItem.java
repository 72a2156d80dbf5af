package coworking.analytics.ops.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** What is paid for, how much of it and what it comes to, in USD rounded to cents. */
record LineItem(String group, String item, BigDecimal quantity, String unit, BigDecimal price) {

    BigDecimal amount() {
        return quantity.multiply(price).setScale(2, RoundingMode.HALF_UP);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "  %-14s %-36s %10s %-10s x %-7s %9s",
                group, item, quantity.setScale(2, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString(),
                unit, price.toPlainString(), amount().toPlainString());
    }
}
