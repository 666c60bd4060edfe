package io.agentcraft.client.internal.publish;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.TokenProvider;
import io.agentcraft.client.internal.codec.BufferPool;
import io.agentcraft.client.internal.connection.Handshakes;
import io.agentcraft.client.internal.guard.LogText;
import io.agentcraft.client.internal.transport.ConnectFailure;
import io.agentcraft.client.internal.transport.Refusals;
import io.agentcraft.client.internal.transport.RetryAfter;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Posts to {@code /api/ws/broadcast} with OkHttp, with the same headers and tokens as the handshake. */
public final class HttpBroadcasts implements Broadcasts {

  private static final MediaType JSON = MediaType.get("application/json");
  private static final long MAX_RESPONSE_BYTES = 64 << 10;
  private static final ObjectMapper MAPPER =
      new ObjectMapper(new JsonFactoryBuilder().recyclerPool(new BufferPool()).build());

  private final OkHttpClient client;
  private final String url;
  private final Map<String, String> headers;
  private final @Nullable TokenProvider tokens;
  private final Executor executor;
  private final InstantSource clock;

  /**
   * Creates a client of the endpoint.
   *
   * @param executor calls the token provider, which is user code
   */
  public HttpBroadcasts(
      OkHttpClient client,
      String url,
      Map<String, String> headers,
      @Nullable TokenProvider tokens,
      Executor executor,
      InstantSource clock) {
    this.client = client;
    this.url = url;
    this.headers = headers;
    this.tokens = tokens;
    this.executor = executor;
    this.clock = clock;
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public void probe(Consumer<Endpoint> onFound) {
    call(
        Request.Builder::get,
        HttpBroadcasts::endpoint,
        (cause, error) -> Endpoint.UNKNOWN,
        onFound);
  }

  /** Tells from the answer to a GET, for which the endpoint has no method. */
  private static Endpoint endpoint(Response response) {
    try (response) {
      String allowed = response.header("Allow", "");
      return switch (response.code()) {
        case 404 -> Endpoint.MISSING;
        // Credentials are needed, or are wrong: the posts will say so.
        case 401, 403 -> Endpoint.EXISTS;
        case 405 ->
          allowed != null && allowed.toUpperCase(Locale.ROOT).contains("POST")
              ? Endpoint.EXISTS
              : Endpoint.UNKNOWN;
        default -> Endpoint.UNKNOWN;
      };
    }
  }

  @Override
  public void post(String json, Consumer<Result> onResult) {
    call(
        request -> request.post(RequestBody.create(json, JSON)),
        this::read,
        Result.Failed::new,
        onResult);
  }

  /** Sends a request with the client's credentials. */
  private <R> void call(
      UnaryOperator<Request.Builder> method,
      Function<Response, R> read,
      BiFunction<DisconnectCause, @Nullable Throwable, R> failed,
      Consumer<R> onResult) {
    if (tokens == null) {
      send(method, null, read, failed, onResult);
      return;
    }
    CompletableFuture<?> unused = Handshakes.token(tokens, executor).handle((token, error) -> {
      if (token == null) {
        DisconnectCause.TokenUnavailable why = Handshakes.noToken(error);
        onResult.accept(failed.apply(why, why.error()));
      } else {
        send(method, token, read, failed, onResult);
      }
      return null;
    });
  }

  private <R> void send(
      UnaryOperator<Request.Builder> method,
      @Nullable String token,
      Function<Response, R> read,
      BiFunction<DisconnectCause, @Nullable Throwable, R> failed,
      Consumer<R> onResult) {
    try {
      Request.Builder request = new Request.Builder().url(url);
      headers.forEach(request::header);
      if (token != null) {
        request.header("Authorization", "Bearer " + token);
      }
      client.newCall(method.apply(request).build()).enqueue(new Callback() {
        @Override
        public void onFailure(Call call, IOException error) {
          onResult.accept(failed.apply(ConnectFailure.cause(error, call.request()), error));
        }

        @Override
        public void onResponse(Call call, Response response) {
          onResult.accept(read.apply(response));
        }
      });
    } catch (RuntimeException unusable) {
      onResult.accept(failed.apply(new DisconnectCause.ConnectionLost(unusable), unusable));
    }
  }

  private Result read(Response response) {
    try (response) {
      int status = response.code();
      if (!response.isSuccessful()) {
        return new Result.Failed(
            new DisconnectCause.HandshakeRefused(
                status,
                RetryAfter.parse(response.header("Retry-After"), clock.instant()),
                refused(response)),
            null);
      }
      JsonNode answer = MAPPER.readTree(response.peekBody(MAX_RESPONSE_BYTES).byteStream());
      if (answer == null || !answer.path("success").isBoolean()) {
        return notAgentCraft();
      }
      if (answer.path("success").booleanValue()) {
        return new Result.Delivered();
      }
      return new Result.Refused("the server answered success: false"
          + (answer.path("error").isTextual()
              ? ", " + LogText.excerpt(answer.path("error").textValue())
              : ""));
    } catch (JacksonException noJson) {
      return notAgentCraft();
    } catch (IOException | RuntimeException unreadable) {
      return new Result.Failed(new DisconnectCause.ConnectionLost(unreadable), unreadable);
    }
  }

  private String refused(Response response) {
    String answer = "POST " + url + " was answered with HTTP " + response.code();
    String proxy = Refusals.byProxy(response);
    if (proxy != null) {
      return answer + ": " + proxy;
    }
    String target = Refusals.redirectTarget(response);
    return response.isRedirect()
        ? answer + ": redirects are not followed. Set httpBaseUrl(…) to where it redirects to"
            + (target == null ? "" : ": " + target)
        : answer;
  }

  private Result notAgentCraft() {
    return new Result.Refused("the answer of POST " + url
        + " is not that of an AgentCraft server. Check the URL, or set httpBaseUrl(…)");
  }
}
