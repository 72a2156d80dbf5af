package coworking.analytics.ops.cost;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The prices of {@code prices.csv}.
 *
 * @param dated the comments that say of which day the prices are
 */
public record PriceList(List<String> dated, Map<String, Price> prices) {

    /** The price of one unit, in USD. */
    public record Price(String unit, BigDecimal usd) {}

    /** Reads lines of item, unit, price and the page that it was taken from. */
    public static PriceList read(Path file) throws IOException {
        var prices = new LinkedHashMap<String, Price>();
        for (var line : TextFile.significantLines(file)) {
            var cells = line.split(",", -1);
            if (cells.length != 4) {
                throw new IllegalArgumentException("not four cells: " + line);
            }
            prices.put(cells[0].strip(), new Price(cells[1].strip(), TextFile.decimal(cells[2])));
        }
        return new PriceList(Files.readAllLines(file).stream().filter(line -> line.contains("Dated:")).toList(), prices);
    }

    /** The price of an item. */
    public Price price(String item) {
        var price = prices.get(item);
        if (price == null) {
            throw new IllegalArgumentException("no price of '" + item + "'");
        }
        return price;
    }
}
