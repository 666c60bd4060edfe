package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.ReconnectPolicy.Decision;
import io.agentcraft.client.message.ClientMessage.Pong;
import io.agentcraft.client.metrics.ClientMetrics;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.testing.ReferenceServer;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code close()} in user code that closing itself may wait for: it must not wait there. */
@SuppressWarnings({"UnnecessaryLambda", "ImmutableEnumChecker"
}) // the table names what each place calls
class ClosingInCallbacksTest extends IntegrationTest {

  private static final BiConsumer<ReferenceServer, AgentCraftClient> CONNECT = (server, client) -> {
    var unused = client.connect();
  };
  private static final BiConsumer<ReferenceServer, AgentCraftClient> LOSE = (server, client) -> {
    connected(server, client);
    cut(server);
  };
  private static final BiConsumer<ReferenceServer, AgentCraftClient> SEND = (server, client) -> {
    connected(server, client);
    for (int i = 0; i < 20; i++) {
      var unused = client.send(new Pong());
    }
  };
  private static final BiConsumer<ReferenceServer, AgentCraftClient> ASK = (server, client) -> {
    connected(server, client);
    var unused = client.getSessionLogs("session_1");
  };
  private static final BiConsumer<ReferenceServer, AgentCraftClient> PUBLISH =
      (server, client) -> client.agent("a1", "Agent").completed("Done");

  /** Where {@code close()} is called, and how to get there. */
  enum Place {
    RECONNECT_POLICY(LOSE),
    TOKEN_PROVIDER(CONNECT),
    TOKEN_PROVIDER_OF_A_POST(PUBLISH),
    FRAME_LISTENER_IN(CONNECT),
    FRAME_LISTENER_OUT(SEND),
    CONNECTED(CONNECT),
    FRAME_RECEIVED(CONNECT),
    FRAME_SKIPPED(CONNECT),
    FRAME_SENT(SEND),
    SENDING_PACED(SEND),
    REQUEST_ENDED(ASK),
    RECONNECTING(LOSE),
    FRAME_MALFORMED((server, client) -> {
      connected(server, client);
      server.sendRaw("junk");
    }),
    GAVE_UP((server, client) -> {
      server.faults().refuseNextHandshakes(1, 401);
      var unused = client.connect();
    }),
    LISTENER_FAILED((server, client) -> {
      client.onActiveSessions(message -> {
        throw new IllegalStateException("a bug of the listener's");
      });
      connected(server, client);
    }),
    UPDATE_ENDED(PUBLISH),
    UPDATE_DELIVERED(PUBLISH),
    CLIENT_CLOSED((server, client) -> {
      var unused = client.closeAsync();
    }),
    INTERCEPTOR(CONNECT),
    INTERCEPTOR_OF_A_POST(PUBLISH),
    DNS_OF_A_POST(PUBLISH),
    CALL_START_OF_A_POST(PUBLISH),
    STATE_LISTENER(CONNECT),
    MESSAGE_LISTENER(CONNECT),
    DEPENDENT_OF_A_FUTURE((server, client) -> {}),
    DEPENDENT_OF_A_RECEIPT((server, client) -> {});

    private final BiConsumer<ReferenceServer, AgentCraftClient> trigger;

    Place(BiConsumer<ReferenceServer, AgentCraftClient> trigger) {
      this.trigger = trigger;
    }

    boolean posts() {
      return trigger == PUBLISH;
    }
  }

  private final SdkLogs logs = closed(new SdkLogs());
  private final CompletableFuture<AgentCraftClient> target = new CompletableFuture<>();
  private final CompletableFuture<Void> returned = new CompletableFuture<>();
  private final AtomicBoolean reached = new AtomicBoolean();

  @ParameterizedTest
  @EnumSource
  void closeReturnsAtOnce(Place place) {
    ReferenceServer server = server();
    AgentCraftClient client = clientThatCloses(server, place);
    target.complete(client);
    listen(client, place);
    place.trigger.accept(server, client);
    assertClosesWithoutWaiting(client);
  }

  private void listen(AgentCraftClient client, Place place) {
    Runnable at = () -> at(place.name(), place);
    CompletableFuture<?> future = switch (place) {
      case DEPENDENT_OF_A_FUTURE -> client.connect();
      case DEPENDENT_OF_A_RECEIPT -> client.agent("a1", "Agent").completed("Done");
      default -> new CompletableFuture<>();
    };
    CompletableFuture<?> unused = future.thenRun(at);
    if (place == Place.STATE_LISTENER) {
      client.onConnectionState(state -> at.run());
    } else if (place == Place.MESSAGE_LISTENER) {
      client.onActiveSessions(message -> at.run());
    }
  }

  @Test
  void aPolicyMayAlsoCloseAnotherClientOfTheSameThread() {
    ReferenceServer server = server();
    AgentCraftClient other = client(server);
    Await.get(other.connect());
    target.complete(other);
    AgentCraftClient client = clientThatCloses(server, Place.GAVE_UP);
    Place.GAVE_UP.trigger.accept(server, client);
    assertClosesWithoutWaiting(other);
  }

  private void assertClosesWithoutWaiting(AgentCraftClient client) {
    Await.get(returned);
    assertThat(logs.lines(Level.WARN)).noneMatch(line -> line.contains("Closing goes on"));
    Await.get(client.closeAsync());
    assertThat(client.connectionState().status()).isEqualTo(ConnectionStatus.CLOSED);
  }

  private AgentCraftClient clientThatCloses(ReferenceServer server, Place place) {
    return client(server.url().replace("127.0.0.1", "localhost"), options -> {
      options
          .framesPerMinute(10)
          .publishTransport(place.posts() ? PublishTransport.HTTP : PublishTransport.AUTO)
          .metrics(metrics(place))
          .frameListener((direction, text) -> at("FRAME_LISTENER_" + direction, place))
          .okHttpClient(okHttp(place));
      return configured(options, place);
    });
  }

  private AgentCraftClientBuilder configured(AgentCraftClientBuilder options, Place place) {
    if (place.name().startsWith("TOKEN_PROVIDER")) {
      options.tokenProvider(() -> {
        at(place.name(), place);
        return CompletableFuture.completedFuture("token");
      });
    }
    return options.reconnectPolicy(context -> {
      at("RECONNECT_POLICY", place);
      return place == Place.GAVE_UP
          ? Decision.giveUp("done")
          : Decision.retryAfter(Duration.ofHours(1));
    });
  }

  private ClientMetrics metrics(Place place) {
    return (ClientMetrics) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {ClientMetrics.class},
        (proxy, method, args) -> {
          at(method.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT), place);
          return null;
        });
  }

  private OkHttpClient okHttp(Place place) {
    return new OkHttpClient.Builder()
        .addInterceptor(chain -> {
          at(place.posts() ? "INTERCEPTOR_OF_A_POST" : "INTERCEPTOR", place);
          return chain.proceed(chain.request());
        })
        .dns(host -> {
          at("DNS_OF_A_POST", place);
          return List.of(InetAddress.getLoopbackAddress());
        })
        .eventListener(new EventListener() {
          @Override
          public void callStart(Call call) {
            at("CALL_START_OF_A_POST", place);
          }
        })
        .build();
  }

  /** Closes the client if this is the place, and the first time that it is reached. */
  private void at(String reachedPlace, Place place) {
    if (reachedPlace.equals(place.name()) && target.isDone() && !reached.getAndSet(true)) {
      target.join().close();
      returned.complete(null);
    }
  }
}
