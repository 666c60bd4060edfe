package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.error.PublishFailedException;
import io.agentcraft.client.publish.PublishForm;
import io.agentcraft.client.publish.PublishTransport;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import okhttp3.Authenticator;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a token is sent, and above all where it is not, whatever the caller's OkHttp client does with requests. */
class TokenPathsTest extends IntegrationTest {

  private static final String BEARER = "Bearer open-sesame";
  private static final String HEADER = "Authorization";

  /** Follows all redirects, and resolves every name to this machine. */
  private static final OkHttpClient HTTP = Certificates.client()
      .newBuilder()
      .followRedirects(true)
      .followSslRedirects(true)
      .dns(host -> List.of(InetAddress.getByName("localhost")))
      .build();

  /** The two kinds of requests that carry a token. */
  enum Way {
    HANDSHAKE,
    POST
  }

  private final RecordingServer home = closed(new RecordingServer(true));
  private final RecordingServer other = closed(new RecordingServer(true));
  private final RecordingServer plain = closed(new RecordingServer(false));

  private CompletableFuture<?> goes(
      Way way, String url, OkHttpClient http, UnaryOperator<AgentCraftClientBuilder> options) {
    AgentCraftClient client = client(
        url + "/here?tenant=7",
        builder -> options.apply(builder
            .httpBaseUrl(url + "/base")
            .okHttpClient(http)
            .publishForm(PublishForm.AGENT_STATUS)
            .publishTransport(way == Way.POST ? PublishTransport.HTTP : PublishTransport.WEBSOCKET)
            .reconnectPolicy(ExponentialBackoff.defaults().withMaxAttempts(0))));
    return way == Way.HANDSHAKE
        ? client.connect()
        : client.agent("a", "Agent").completed("done").toCompletableFuture();
  }

  private CompletableFuture<?> goesHome(Way way, OkHttpClient http) {
    return goes(way, home.url("localhost"), http, options -> options.token("open-sesame"));
  }

  private static Throwable failure(Way way, CompletableFuture<?> future) {
    return way == Way.HANDSHAKE
        ? Await.failure(future, ConnectionFailedException.class)
        : Await.failure(future, PublishFailedException.class);
  }

  @ParameterizedTest
  @EnumSource
  void redirectsAreNotFollowed(Way way) {
    String[] places = {
      other.url("elsewhere.example") + "/here",
      other.url("localhost") + "/here",
      home.url("localhost") + "/there",
      plain.url("localhost") + "/here",
      plain.url("elsewhere.example") + "/here",
      "//elsewhere.example/here",
      "/there"
    };
    int[] statuses = {301, 302, 303, 307, 308};
    for (int i = 0; i < 2 * places.length; i++) {
      int status = statuses[i % statuses.length];
      home.answer(status, "Location", places[i % places.length]);
      assertThat(failure(way, goesHome(way, HTTP)))
          .hasMessageContaining("HTTP " + status)
          .hasMessageContaining("redirects are not followed")
          .hasMessageNotContaining("open-sesame");
      assertThat(home.credentials()).hasSize(i + 1).containsOnly(BEARER);
    }
    assertThat(other.urls()).isEmpty();
    assertThat(plain.urls()).isEmpty();
  }

  /** An interceptor that sends a request elsewhere, as one that follows redirects or chooses hosts does. */
  private static OkHttpClient sendingOnTo(String url) {
    return HTTP.newBuilder()
        .addInterceptor(chain -> {
          Response first = chain.proceed(chain.request());
          if (first.code() != 307) {
            return first;
          }
          first.close();
          return chain.proceed(chain.request().newBuilder().url(url).build());
        })
        .build();
  }

  @ParameterizedTest
  @EnumSource
  void anInterceptorCannotTakeTheTokenToAnotherServerUnknowingly(Way way) {
    String[] places = {
      other.url("elsewhere.example") + "/here",
      other.url("localhost") + "/here",
      plain.url("localhost") + "/here"
    };
    for (String place : places) {
      home.answer(307, "Location", place);
      assertThat(failure(way, goesHome(way, sendingOnTo(place))))
          .hasMessageContaining("an interceptor or the authenticator of the OkHttpClient sent")
          .hasMessageContaining("https://localhost:");
    }
    assertThat(other.urls()).isEmpty();
    assertThat(plain.urls()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void anotherTokenBesideOursDoesNotHideIt(Way way) {
    String place = other.url("localhost") + "/here";
    home.answer(307, "Location", place);
    OkHttpClient adding = HTTP.newBuilder()
        .addInterceptor(chain -> {
          Response first = chain.proceed(chain.request());
          if (first.code() != 307) {
            return first;
          }
          first.close();
          return chain.proceed(chain
              .request()
              .newBuilder()
              .url(place)
              .addHeader("Authorization", "Bearer another")
              .build());
        })
        .build();
    assertThat(failure(way, goesHome(way, adding)))
        .hasMessageContaining("an interceptor or the authenticator of the OkHttpClient sent");
    assertThat(other.urls()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void anInterceptorMaySendARequestOnWithinTheServerOrWithoutTheToken(Way way) {
    home.answer(307, "Location", "/there");
    Await.get(goesHome(way, sendingOnTo(home.url("localhost") + "/there")));
    assertThat(home.credentials()).containsExactly(BEARER, BEARER);
    OkHttpClient without = HTTP.newBuilder()
        .addInterceptor(chain -> chain.proceed(chain
            .request()
            .newBuilder()
            .url(other.url("localhost") + "/here")
            .header(HEADER, "Bearer of-its-own")
            .build()))
        .build();
    Await.get(goesHome(way, without));
    assertThat(other.credentials()).containsExactly("Bearer of-its-own");
  }

  @ParameterizedTest
  @EnumSource
  void anAuthenticatorCannotTakeTheTokenToAnotherServer(Way way) {
    Authenticator elsewhere = (route, response) ->
        response.request().newBuilder().url(other.url("localhost") + "/here").build();
    home.answer(401, "WWW-Authenticate", "Bearer");
    OkHttpClient http = HTTP.newBuilder().authenticator(elsewhere).build();
    assertThat(failure(way, goesHome(way, http))).hasMessageContaining("its token is for");
    assertThat(other.urls()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void anAuthenticatorAnswersThe401OfTheServer(Way way) {
    home.answer(401, "WWW-Authenticate", "Basic");
    OkHttpClient http = HTTP.newBuilder().authenticator(adding("Basic x")).build();
    Await.get(goesHome(way, http));
    assertThat(home.credentials()).containsExactly(BEARER, "Basic x");
  }

  @ParameterizedTest
  @EnumSource
  void nothingInTheCallersClientAddsCredentialsInTheClear(Way way) {
    Interceptor interceptor = chain -> chain.proceed(with(chain.request(), "Basic x"));
    String url = plain.url("agents.example");
    OkHttpClient intercepting = HTTP.newBuilder().addInterceptor(interceptor).build();
    assertThat(failure(way, goes(way, url, intercepting, options -> options)))
        .hasMessageContaining("unencrypted to agents.example")
        .hasMessageContaining("allowTokenOverPlaintext()");
    if (way == Way.POST) {
      // OkHttp does not call these for WebSockets.
      OkHttpClient network =
          HTTP.newBuilder().addNetworkInterceptor(interceptor).build();
      assertThat(failure(way, goes(way, url, network, options -> options)))
          .hasMessageContaining("unencrypted to agents.example");
    }
    assertThat(plain.urls()).isEmpty();

    plain.answer(401, "WWW-Authenticate", "Basic");
    OkHttpClient authenticating =
        HTTP.newBuilder().authenticator(adding("Basic x")).build();
    assertThat(failure(way, goes(way, url, authenticating, options -> options)))
        .hasMessageContaining("unencrypted to agents.example");
    assertThat(plain.credentials()).containsExactly("none");

    Await.get(goes(way, url, intercepting, AgentCraftClientBuilder::allowTokenOverPlaintext));
    Await.get(goes(way, plain.url("localhost"), intercepting, options -> options));
    assertThat(plain.credentials()).containsExactly("none", "Basic x", "Basic x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "provider", "header"})
  void theTokenTravelsInTheClearOnlyIfTheCallerAllowsIt(String source) {
    UnaryOperator<AgentCraftClientBuilder> allowed = options -> switch (source) {
      case "token" -> options.allowTokenOverPlaintext().token("open-sesame");
      case "provider" ->
        options
            .allowTokenOverPlaintext()
            .tokenProvider(() -> CompletableFuture.completedFuture("open-sesame"));
      default -> options.header("authorization", BEARER).allowTokenOverPlaintext();
    };
    for (Way way : Way.values()) {
      Await.get(goes(way, plain.url("agents.example"), HTTP, allowed));
    }
    assertThat(plain.credentials()).containsExactly(BEARER, BEARER);
  }

  @Test
  void theQueryIsSentWithTheHandshakeAndNotWithPosts() {
    Await.get(goesHome(Way.HANDSHAKE, HTTP));
    Await.get(goesHome(Way.POST, HTTP));
    assertThat(home.urls().get(0).encodedPath()).startsWith("/here/client_");
    assertThat(home.urls().get(0).encodedQuery()).isEqualTo("tenant=7");
    assertThat(home.urls().get(1).encodedPath()).isEqualTo("/base/api/ws/broadcast");
    assertThat(home.urls().get(1).encodedQuery()).isNull();
  }

  private static Authenticator adding(String credentials) {
    return (route, response) -> with(response.request(), credentials);
  }

  private static Request with(Request request, String credentials) {
    return request.newBuilder().header(HEADER, credentials).build();
  }
}
