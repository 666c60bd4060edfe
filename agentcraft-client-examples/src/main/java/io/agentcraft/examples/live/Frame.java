package io.agentcraft.examples.live;

import io.agentcraft.client.view.BoardSnapshot;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * All that is shown at one moment. Immutable.
 *
 * @param title what runs
 * @param url the server
 * @param board what is known
 * @param counts what was counted
 * @param elapsed how long it runs
 * @param length how long it is to run; {@code null} for no end
 * @param sinceStateChange how long the connection has been in its state
 * @param zone for times of day
 */
public record Frame(
    String title,
    String url,
    BoardSnapshot board,
    Counts counts,
    Duration elapsed,
    @Nullable Duration length,
    Duration sinceStateChange,
    ZoneId zone) {}
