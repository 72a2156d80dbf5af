package coworking.analytics.application.port.out;

/**
 * What a ledger reads its answers from.
 *
 * @param name its name for people, in health reports and messages
 * @param metricLabel its name in metrics
 * @param isDerived whether it is data derived from the facts, which can lag behind them in upkeep and can be audited
 */
public record LedgerSource(String name, String metricLabel, boolean isDerived) {}
