package io.agentcraft.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.connection.ClientIds;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.error.ListenerException;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.error.NotConnectedException;
import io.agentcraft.client.error.PublishFailedException;
import io.agentcraft.client.error.RequestTimeoutException;
import io.agentcraft.client.error.SendRejectedException;
import io.agentcraft.client.error.SessionNotFoundException;
import io.agentcraft.client.internal.client.EndpointParser;
import io.agentcraft.client.internal.client.OptionChecks;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.UnknownMessage;
import io.agentcraft.client.record.FrameRecorder;
import io.agentcraft.client.record.RecordedFrame;
import io.agentcraft.client.record.RecordingReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever text from outside an error quotes, its message is one line that neither controls a terminal nor reorders text. */
class ErrorTextTest {

  private static final String HOSTILE =
      "x\u001b[2J\n2026 ERROR all is lost\u202e\u2028\u0085\ud800";
  private static final DisconnectCause CAUSE = new DisconnectCause.ClosedByCaller();
  private static final MessageCodec CODEC = MessageCodec.create();

  @ParameterizedTest
  @MethodSource
  void causes(DisconnectCause cause) {
    assertFitForALog(cause.description());
  }

  static Stream<DisconnectCause> causes() {
    return Stream.of(
        new DisconnectCause.ClosedByServer(1008, HOSTILE),
        new DisconnectCause.HandshakeRefused(403, null, HOSTILE),
        new DisconnectCause.ConnectionLost(new IOException(HOSTILE)),
        new DisconnectCause.ConnectionLost(new NoSuchMethodError(HOSTILE)),
        new DisconnectCause.TlsFailed(new SSLException(HOSTILE)),
        new DisconnectCause.TlsFailed(new SSLException("alert certificate " + HOSTILE)),
        new DisconnectCause.HandshakeTimedOut(Duration.ofSeconds(1), HOSTILE));
  }

  @ParameterizedTest
  @MethodSource
  void exceptions(Exception error) {
    assertFitForALog(Objects.requireNonNull(error.getMessage()));
  }

  static Stream<Exception> exceptions() {
    return Stream.of(
        new ClientClosedException(HOSTILE),
        new ConnectionFailedException(HOSTILE, CAUSE, null),
        new ListenerException(HOSTILE, new IllegalStateException()),
        new ListenerException("agent_status", new IllegalStateException(HOSTILE)),
        new MalformedMessageException("It is " + HOSTILE, "", null),
        new MalformedMessageException("It is wrong.", HOSTILE, null),
        new NotConnectedException(HOSTILE),
        new PublishFailedException(HOSTILE, null),
        new RequestTimeoutException(HOSTILE),
        new SendRejectedException(HOSTILE),
        new SessionNotFoundException(HOSTILE));
  }

  /** Also their stack traces: a parser's own exception may quote the frame. */
  @ParameterizedTest
  @MethodSource
  void frames(String frame) {
    Throwable error = catchThrowable(() -> CODEC.decodeServer(frame));
    assertThat(error).isInstanceOf(MalformedMessageException.class);
    assertThat(((MalformedMessageException) error).rawText()).isEqualTo(frame);
    assertFitForALog(Objects.requireNonNull(error.getMessage()));
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("\u001b", "\u202e", "\u2028", "\n2026");
  }

  static Stream<String> frames() {
    String quoted = HOSTILE.replace("\n", "\\n").replace("\u001b", "\\u001b");
    return Stream.of(
        "junk " + HOSTILE,
        "junk\u001b\u202e\u0085" + HOSTILE,
        "{\"type\":\"ping\",\"x\":tru\u001b\u202e" + HOSTILE,
        "{\"type\":\"" + quoted + "\",\"type\":\"" + quoted + "2\"}",
        "{\"type\":\"" + quoted + "\"} " + HOSTILE,
        "{\"type\":\"ping\",\"type\":\"" + quoted + "\"}",
        "{\"type\":\"ping\",\"timestamp\":{\"" + quoted + "\":1}}",
        "{\"type\":\"ping\",\"" + quoted + "\":}",
        "{\"type\":\"ping\",\"x\":" + HOSTILE,
        "{\"type\":\"ping\"" + HOSTILE);
  }

  @ParameterizedTest
  @MethodSource
  void refusals(String what, ThrowingCallable call) {
    Throwable error = catchThrowable(call);
    assertThat(error).as(what).isNotNull();
    assertFitForALog(Objects.requireNonNull(error.getMessage()));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refusal("URL", () -> EndpointParser.parse(HOSTILE)),
        refusal("host", () -> EndpointParser.parse("ws://" + HOSTILE)),
        refusal("port", () -> EndpointParser.parse("ws://host:" + HOSTILE)),
        refusal("header", () -> OptionChecks.headers(Map.of(HOSTILE, ""))),
        refusal("client id", () -> ClientIds.requireValid(HOSTILE)),
        refusal("a line of a recording", () -> RecordedFrame.parse(HOSTILE)),
        refusal("a recording", () -> RecordingReader.of(Path.of("no\u001b\n"))),
        refusal("a file to record to", () -> FrameRecorder.to(Path.of("no\u001b\n", "such"))),
        refusal("a key of a map", () -> Details.of(cast(Map.of(new Hostile(), 1)))),
        refusal("a number", () -> Details.of(Map.of("n", new HostileNumber()))),
        refusal(
            "metadata",
            () -> CODEC.encode(AgentStatusUpdate.builder("a", "Agent")
                .metadata(HOSTILE, Double.NaN)
                .build())),
        refusal("a type", () -> CODEC.encode(new UnknownMessage(HOSTILE, "{"))),
        refusal(
            "another type",
            () -> CODEC.encode(new UnknownMessage("new", "{\"type\":\"\\u001b[2J\\n\\u202e\"}"))));
  }

  private static Arguments refusal(String what, ThrowingCallable call) {
    return Arguments.of(what, call);
  }

  @Test
  void noErrorHoldsAWholeTypeOrName() {
    String name = "n".repeat(100_000);
    assertThat(catchThrowable(() ->
            CODEC.decodeServer("{\"type\":\"" + name + "\",\"type\":\"" + name + "\",\"type\":1}")))
        .message()
        .hasSizeLessThan(2_000);
    assertThat(new ListenerException(name, new IllegalStateException(name)).getMessage())
        .hasSizeLessThan(2_000);
    assertThat(catchThrowable(() -> CODEC.encode(new UnknownMessage(name, "{"))))
        .message()
        .hasSizeLessThan(2_000);
    assertThat(new DisconnectCause.ConnectionLost(new IOException(name)).description())
        .hasSizeLessThan(2_000);
  }

  private static void assertFitForALog(String message) {
    assertThat(message).doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}\u202e]");
    assertThat(message.chars().filter(c -> c == 0xd800)).isEmpty();
  }

  @SuppressWarnings("unchecked") // what a caller without generics may pass
  private static Map<String, Object> cast(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }

  private static final class Hostile {

    @Override
    public String toString() {
      return HOSTILE;
    }
  }

  private static final class HostileNumber extends Number {

    private static final long serialVersionUID = 1L;

    @Override
    public int intValue() {
      return 0;
    }

    @Override
    public long longValue() {
      return 0;
    }

    @Override
    public float floatValue() {
      return 0;
    }

    @Override
    public double doubleValue() {
      return 0;
    }

    @Override
    public String toString() {
      return HOSTILE;
    }
  }
}
