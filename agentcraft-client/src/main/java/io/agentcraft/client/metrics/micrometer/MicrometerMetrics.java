package io.agentcraft.client.metrics.micrometer;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.metrics.ClientMetrics;
import io.agentcraft.client.publish.PublishTransport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * Reports the metrics of a client to a Micrometer registry. One instance may serve several clients; their values are summed.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>kind</th><th>tags</th></tr>
 * <tr><td>{@code agentcraft.frames.received}</td><td>counter</td><td>{@code type}</td></tr>
 * <tr><td>{@code agentcraft.frames.skipped}</td><td>counter</td><td>{@code type}</td></tr>
 * <tr><td>{@code agentcraft.frames.malformed}</td><td>counter</td><td></td></tr>
 * <tr><td>{@code agentcraft.frames.sent}</td><td>counter</td><td></td></tr>
 * <tr><td>{@code agentcraft.sending.paced}</td><td>timer of the waits</td><td></td></tr>
 * <tr><td>{@code agentcraft.messages.dropped}</td><td>counter</td><td></td></tr>
 * <tr><td>{@code agentcraft.callbacks.queued}</td><td>gauge</td><td></td></tr>
 * <tr><td>{@code agentcraft.listener.errors}</td><td>counter</td><td></td></tr>
 * <tr><td>{@code agentcraft.connections}</td><td>counter</td><td></td></tr>
 * <tr><td>{@code agentcraft.reconnects}</td><td>counter</td><td>{@code cause}, such as {@code closed_by_server}</td></tr>
 * <tr><td>{@code agentcraft.gave.up}</td><td>counter</td><td>{@code cause}</td></tr>
 * <tr><td>{@code agentcraft.requests}</td><td>timer</td><td>{@code type}, {@code outcome}</td></tr>
 * <tr><td>{@code agentcraft.updates}</td><td>counter</td><td>{@code outcome}</td></tr>
 * <tr><td>{@code agentcraft.updates.delivered}</td><td>timer</td><td>{@code transport}</td></tr>
 * </table>
 */
public final class MicrometerMetrics implements ClientMetrics {

  private static final String PREFIX = "agentcraft.";

  private static final Map<MeterRegistry, Map<Tags, Set<IntSupplier>>> QUEUES = new WeakHashMap<>();

  private final MeterRegistry registry;
  private final Tags tags;
  private final Map<String, Counter> received = new ConcurrentHashMap<>();
  private final Map<String, Counter> skipped = new ConcurrentHashMap<>();
  private final Set<IntSupplier> queues;
  private final Counter malformed;
  private final Counter sent;
  private final Timer paced;
  private final Counter dropped;
  private final Counter listenerErrors;
  private final Counter connections;

  private MicrometerMetrics(MeterRegistry registry, Tags tags) {
    this.registry = registry;
    this.tags = tags;
    this.malformed = counter("frames.malformed");
    this.sent = counter("frames.sent");
    this.paced = Timer.builder(PREFIX + "sending.paced").tags(tags).register(registry);
    this.dropped = counter("messages.dropped");
    this.listenerErrors = counter("listener.errors");
    this.connections = counter("connections");
    this.queues = queuesOf(registry, tags);
    Gauge.builder(PREFIX + "callbacks.queued", queues, MicrometerMetrics::sum)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  /**
   * Creates the metrics. Meters without tags of their own are registered now, the others on first use.
   *
   * @param registry the registry
   * @param tags tags for all meters, for example to distinguish several servers
   * @return the metrics, to pass to the builder's {@code metrics(…)}
   */
  // The module is not required transitively, so that modules that do not use this class compile
  // without Micrometer.
  @SuppressWarnings("exports")
  public static MicrometerMetrics of(MeterRegistry registry, Tag... tags) {
    return new MicrometerMetrics(Objects.requireNonNull(registry, "registry"), Tags.of(tags));
  }

  @Override
  public void clientBuilt(IntSupplier queuedCallbacks) {
    queues.add(queuedCallbacks);
  }

  @Override
  public void clientClosed(IntSupplier queuedCallbacks) {
    queues.remove(queuedCallbacks);
  }

  @Override
  public void frameReceived(String type) {
    received.computeIfAbsent(type, t -> counter("frames.received", "type", t)).increment();
  }

  @Override
  public void frameSkipped(String type) {
    skipped.computeIfAbsent(type, t -> counter("frames.skipped", "type", t)).increment();
  }

  @Override
  public void frameMalformed() {
    malformed.increment();
  }

  @Override
  public void frameSent() {
    sent.increment();
  }

  @Override
  public void sendingPaced(Duration wait) {
    paced.record(wait);
  }

  @Override
  public void messageDropped() {
    dropped.increment();
  }

  @Override
  public void listenerFailed() {
    listenerErrors.increment();
  }

  @Override
  public void connected() {
    connections.increment();
  }

  @Override
  public void reconnecting(DisconnectCause cause, int attempt) {
    counter("reconnects", "cause", name(cause)).increment();
  }

  @Override
  public void gaveUp(DisconnectCause cause) {
    counter("gave.up", "cause", name(cause)).increment();
  }

  @Override
  public void requestEnded(String type, RequestOutcome outcome, Duration latency) {
    registry
        .timer(PREFIX + "requests", tags.and("type", type, "outcome", name(outcome)))
        .record(latency);
  }

  @Override
  public void updateEnded(UpdateOutcome outcome) {
    counter("updates", "outcome", name(outcome)).increment();
  }

  @Override
  public void updateDelivered(PublishTransport transport, Duration latency) {
    registry
        .timer(PREFIX + "updates.delivered", tags.and("transport", name(transport)))
        .record(latency);
  }

  private Counter counter(String name, String... more) {
    return registry.counter(PREFIX + name, tags.and(more));
  }

  /** Shared by all instances with the same registry and tags, because a registry keeps only the first gauge of a name. */
  private static Set<IntSupplier> queuesOf(MeterRegistry registry, Tags tags) {
    synchronized (QUEUES) {
      return QUEUES
          .computeIfAbsent(registry, r -> new HashMap<>())
          .computeIfAbsent(tags, t -> ConcurrentHashMap.newKeySet());
    }
  }

  private static double sum(Set<IntSupplier> queues) {
    return queues.stream().mapToInt(IntSupplier::getAsInt).sum();
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String name(DisconnectCause cause) {
    if (cause instanceof DisconnectCause.ClosedByServer) {
      return "closed_by_server";
    } else if (cause instanceof DisconnectCause.HandshakeRefused) {
      return "handshake_refused";
    } else if (cause instanceof DisconnectCause.HandshakeInvalid) {
      return "handshake_invalid";
    } else if (cause instanceof DisconnectCause.HandshakeTimedOut) {
      return "handshake_timed_out";
    } else if (cause instanceof DisconnectCause.IdleTimedOut) {
      return "idle_timed_out";
    } else if (cause instanceof DisconnectCause.TokenUnavailable) {
      return "token_unavailable";
    } else if (cause instanceof DisconnectCause.ClosedByCaller) {
      return "closed_by_caller";
    } else if (cause instanceof DisconnectCause.TlsFailed) {
      return "tls_failed";
    } else if (cause instanceof DisconnectCause.ConnectionLost) {
      return "connection_lost";
    }
    return "other";
  }
}
