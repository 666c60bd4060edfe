package io.agentcraft.testing.conformance;

import io.agentcraft.testing.internal.raw.Network;
import io.agentcraft.testing.internal.raw.Place;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link ConformanceKit}, as they were when its checks began.
 *
 * @param places where the endpoint may be
 * @param httpBaseUrl what HTTP paths are appended to; null if that is not known
 * @param network opens connections, with the credentials; each check has one of its own
 * @param session a session that the server knows; null for the first of active_sessions
 * @param logLine makes the server log a line in a session; null if nobody can
 * @param passTime lets time pass in place of waiting; null for real time
 */
record Settings(
    List<Place> places,
    @Nullable String httpBaseUrl,
    Supplier<Network> network,
    Duration pingWait,
    Duration answerTimeout,
    boolean rateLimit,
    @Nullable String session,
    @Nullable BiConsumer<String, String> logLine,
    @Nullable Consumer<Duration> passTime) {}
