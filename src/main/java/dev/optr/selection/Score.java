package dev.optr.selection;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The objective of one candidate, term by term; every term rounded HALF_EVEN to 6 decimals. A term
 * that was not measured for the run is null for all candidates.
 *
 * @param verifyHours sum of the invariants' durations, rounded up to the next step
 * @param reviewHours from the diff
 * @param reworkHours null until p is measured
 * @param expectedTtvHours sum of the above
 * @param usd what the tree cost, or the lane's budget where the price is unknown; null for all
 *     candidates where any has neither
 * @param costHours weight times usd
 * @param riskHours weight times risk / 100
 * @param probabilityHours null until p is measured
 * @param objective J; the smallest wins
 * @param expectedTtvSeconds E[TTV] in whole seconds
 */
public record Score(
    BigDecimal verifyHours,
    BigDecimal reviewHours,
    @Nullable BigDecimal reworkHours,
    BigDecimal expectedTtvHours,
    @Nullable BigDecimal usd,
    @Nullable BigDecimal costHours,
    @Nullable BigDecimal riskHours,
    @Nullable BigDecimal probabilityHours,
    BigDecimal objective,
    long expectedTtvSeconds) {}
