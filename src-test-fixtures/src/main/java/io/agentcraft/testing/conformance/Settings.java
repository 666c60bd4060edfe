package io.agentcraft.testing.conformance;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link ConformanceKit} when its checks were started.
 *
 * @param endpoints where the endpoint may be
 * @param httpBaseUrl what HTTP paths are appended to; null if that is not known
 * @param connector opens connections, with the credentials; each check has its own
 * @param session a session that the server knows; null for the first of active_sessions
 * @param logLine makes the server log a line in a session; null if the caller can't
 * @param passTime advances the server's clock instead of waiting; null for real time
 */
record Settings(
    List<Endpoint> endpoints,
    @Nullable String httpBaseUrl,
    Supplier<Connector> connector,
    Duration pingWait,
    Duration answerTimeout,
    boolean rateLimit,
    @Nullable String session,
    @Nullable BiConsumer<String, String> logLine,
    @Nullable Consumer<Duration> passTime) {}
