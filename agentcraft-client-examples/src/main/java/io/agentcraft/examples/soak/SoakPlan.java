package io.agentcraft.examples.soak;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to do.
 *
 * @param url the server; {@code null} for one of its own
 * @param clients how many clients, at least 1
 * @param length how long it lasts; {@code null} if rounds are counted
 * @param rounds how many rounds, one directly after the other; counts without a length only
 * @param faults whether things go wrong
 * @param seed decides what goes wrong when
 */
public record SoakPlan(
    @Nullable String url,
    int clients,
    @Nullable Duration length,
    int rounds,
    boolean faults,
    long seed) {}
