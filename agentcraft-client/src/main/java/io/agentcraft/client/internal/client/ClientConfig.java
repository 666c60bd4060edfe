package io.agentcraft.client.internal.client;

import io.agentcraft.client.connection.ReconnectPolicy;
import io.agentcraft.client.connection.TokenProvider;
import io.agentcraft.client.internal.connection.ConnectionLoop;
import io.agentcraft.client.internal.connection.Endpoints;
import io.agentcraft.client.internal.publish.PublishEngine;
import io.agentcraft.client.internal.transport.CredentialGuard;
import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.client.metrics.ClientMetrics;
import io.agentcraft.client.publish.PublishForm;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.client.record.FrameListener;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Executor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** The checked options of one client. A {@code null} stands for what all clients share. */
public record ClientConfig(
    Endpoints endpoints,
    @Nullable String fixedClientId,
    Credentials credentials,
    ReconnectPolicy reconnectPolicy,
    Timings timings,
    ZoneId serverTimeZone,
    Callbacks callbacks,
    @Nullable Duration staleAfter,
    Publish publish,
    Limits limits,
    @Nullable OkHttpClient okHttpClient,
    @Nullable Scheduler scheduler,
    @Nullable ClientMetrics metrics,
    @Nullable FrameListener frameListener) {

  public ClientConfig {
    if (staleAfter != null) {
      OptionChecks.positive("staleAfter", staleAfter);
    }
  }

  /** Returns what concerns the connection. */
  ConnectionLoop.Settings connection() {
    return new ConnectionLoop.Settings(
        endpoints,
        reconnectPolicy,
        timings.handshake(),
        timings.backoffResetAfter(),
        timings.close(),
        timings.idle(),
        credentials.renewable());
  }

  /** Returns what concerns publishing. */
  PublishEngine.Options publishing() {
    return new PublishEngine.Options(
        publish.transport(),
        publish.form(),
        reconnectPolicy,
        credentials.renewable(),
        publish.reminder());
  }

  /**
   * What authenticates a client. Never shown: {@code toString} gives the names of headers only.
   *
   * @param renewable whether the provider may return another token when it is called again
   * @param plaintextAllowed whether credentials may travel unencrypted to another machine
   */
  public record Credentials(
      Map<String, String> headers,
      @Nullable TokenProvider tokens,
      boolean renewable,
      boolean plaintextAllowed) {

    public Credentials {
      OptionChecks.headers(headers);
      headers = Map.copyOf(headers);
      if (tokens != null && headers.keySet().stream().anyMatch("Authorization"::equalsIgnoreCase)) {
        throw new IllegalArgumentException(
            "There is a token and a header Authorization, but a handshake has only one."
                + " Leave one of them out.");
      }
    }

    /** Refuses to send credentials unencrypted to another machine. */
    public void requireEncryption(String http) {
      if (!plaintextAllowed
          && (tokens != null
              || headers.keySet().stream().anyMatch(CredentialGuard::isCredential))) {
        OptionChecks.tokenIsSafe(http);
      }
    }

    @Override
    public String toString() {
      return "Credentials[headers=" + headers.keySet() + ", token="
          + (tokens == null ? "none" : "set") + "]";
    }
  }

  /** How long each operation may take. */
  public record Timings(
      Duration handshake,
      Duration request,
      Duration close,
      Duration webSocketPing,
      Duration idle,
      Duration backoffResetAfter) {

    public Timings {
      OptionChecks.callTimeout("handshakeTimeout", handshake);
      OptionChecks.callTimeout("requestTimeout", request);
      OptionChecks.positive("closeTimeout", close);
      OptionChecks.pingInterval("webSocketPingInterval", webSocketPing);
      OptionChecks.notNegative("idleTimeout", idle);
      OptionChecks.notNegative("backoffResetAfter", backoffResetAfter);
    }
  }

  /**
   * How updates are published.
   *
   * @param httpBaseUrl what HTTP addresses begin with, without a trailing slash; {@code null} if that is not known
   * @param reminder after how long open sessions are told again; zero for never
   * @param textLimit the length of the longest text, in characters
   * @param shutdownHook whether what is open is ended when the JVM shuts down
   */
  public record Publish(
      PublishTransport transport,
      PublishForm form,
      @Nullable String httpBaseUrl,
      Duration drainTimeout,
      Duration reminder,
      int textLimit,
      boolean shutdownHook) {

    public Publish {
      OptionChecks.notNegative("drainTimeout", drainTimeout);
      OptionChecks.notNegative("publishReminder", reminder);
      OptionChecks.atLeastOne("publishTextLimit", textLimit);
    }
  }

  /** How many frames the server accepts a minute, and how large a message from it may be. */
  public record Limits(int framesPerMinute, int maxMessageBytes) {

    public Limits {
      OptionChecks.atLeastOne("framesPerMinute", framesPerMinute);
      OptionChecks.atLeastOne("maxMessageBytes", maxMessageBytes);
    }
  }

  /** Where listeners run, and how many messages may be buffered for them. */
  public record Callbacks(@Nullable Executor executor, int queueBound, OverflowStrategy overflow) {

    public Callbacks {
      OptionChecks.atLeastOne("callbackQueue", queueBound);
    }
  }
}
