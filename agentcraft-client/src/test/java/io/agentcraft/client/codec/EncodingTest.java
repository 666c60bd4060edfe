package io.agentcraft.client.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ClientMessage.GetSessionState;
import io.agentcraft.client.message.ClientMessage.Pong;
import io.agentcraft.client.message.ClientMessage.StopLogStreaming;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.LogEntry;
import io.agentcraft.client.message.Ping;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.message.UnknownMessage;
import io.agentcraft.client.message.WireMessage;
import io.agentcraft.client.message.WireTime;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What encoding writes, to the letter, and what it refuses. */
class EncodingTest {

  private final MessageCodec codec = MessageCodec.create();

  @Test
  void messagesAreWrittenInTheOrderOfTheDescription() {
    assertEncoded(new Pong(), "{'type':'pong'}");
    assertEncoded(new StopLogStreaming(), "{'type':'stop_log_streaming'}");
    assertEncoded(new GetSessionState("s"), "{'type':'get_session_state','session_id':'s'}");
    assertEncoded(
        new Ping(WireTime.ofSeconds(1642678200.123)), "{'type':'ping','timestamp':1642678200.123}");
    assertEncoded(
        new AgentStatusUpdate(
            "a",
            "n",
            AgentStatus.PROCESSING,
            "",
            65,
            "m",
            WireTime.ofText("2024-01-20T10:30:45.123Z", ZoneOffset.UTC),
            Map.of("task_id", "t")),
        "{'type':'agent_status','agent_id':'a','agent_name':'n','status':'PROCESSING',"
            + "'progress':65,'message':'m','timestamp':'2024-01-20T10:30:45.123Z',"
            + "'metadata':{'task_id':'t'}}");
    assertEncoded(
        new ActiveSessions(null, 1, List.of(SessionSummary.documented("s", "q", "processing", 2))),
        "{'type':'active_sessions','data':{'total_sessions':1,'sessions':[{'session_id':'s',"
            + "'query':'q','status':'processing','agents_active':2}]}}");
    assertEncoded(
        new SessionState(
            "s",
            SessionSnapshot.documented(
                "s",
                "q",
                "p",
                66.5,
                List.of(AgentState.documented("n", AgentStatus.IDLE, 0, null)),
                List.of("out")),
            null),
        "{'type':'session_state','session_id':'s','state':{'session_id':'s','query':'q',"
            + "'current_phase':'p','overall_progress':66.5,'active_agents':[{'agent_name':'n',"
            + "'status':'IDLE','progress':0,'current_task':null,'details':{}}],"
            + "'crew_output':['out']}}");
    assertEncoded(
        new SessionLogs(
            "s",
            List.of(LogEntry.builder().level("info").agent("n").message("m").build()),
            WireTime.ofSeconds(7)),
        "{'type':'session_logs','session_id':'s','logs':[{'level':'info','agent':'n',"
            + "'message':'m','details':null}],'timestamp':7.0}");
  }

  @ParameterizedTest
  @CsvSource({
    "1642678200.123,      1642678200.123",
    "1795389935.6395757,  1795389935.6395757",
    "736.91432084,        736.91432084",
    "3700.343697398,      3700.343697398",
    "1642678200,          1642678200.0",
    "0,                   0.0",
    "-0.0,                -0.0",
    "-12.5,               -12.5",
    "-0.000001,           -0.000001",
    "0.5,                 0.5",
    "1e-7,                0.00000010",
    "1e10,                10000000000.0",
    "123456789012345680,  123456789012345680.0",
    "1e22,                10000000000000000000000.0",
  })
  void timesArePlainDecimals(double seconds, String text) {
    String frame = codec.encode(new Ping(WireTime.ofSeconds(seconds)));
    assertThat(frame).isEqualTo("{\"type\":\"ping\",\"timestamp\":" + text + "}");
    assertThat(codec.decodeServer(frame)).isEqualTo(new Ping(WireTime.ofSeconds(seconds)));
  }

  @ParameterizedTest
  @CsvSource({
    "65, 65",
    "66.66666666666667, 66.66666666666667",
    "0, 0",
    "-1, -1",
    "250.5, 250.5",
    "1e15, 1000000000000000",
    "1e16, 10000000000000000.0",
    "1e-9, 0.0000000010"
  })
  void progressIsWholeWhereItCan(double progress, String text) {
    assertThat(codec.encode(status(progress, Map.of()))).contains("\"progress\":" + text + ",");
  }

  @Test
  void absentProgressIsLeftOut() {
    assertThat(codec.encode(status(Double.NaN, Map.of()))).doesNotContain("progress");
  }

  @Test
  void freeJsonIsWrittenAsItIs() {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    metadata.put("int", 7);
    metadata.put("short", (short) 8);
    metadata.put("long", 1L << 60);
    metadata.put("big", BigInteger.ONE.shiftLeft(70));
    metadata.put("double", 1.0);
    metadata.put("float", 0.1f);
    metadata.put("decimal", new BigDecimal("1E+3"));
    metadata.put("huge", new BigDecimal("1E+100000"));
    metadata.put("text", "\"\\\n\u0001\u2028é😀</script>");
    metadata.put("list", Arrays.asList(null, true, List.of(), Map.of()));
    String frame = codec.encode(status(0, metadata));
    assertThat(frame)
        .contains("\"metadata\":{\"int\":7,\"short\":8,\"long\":1152921504606846976,"
            + "\"big\":1180591620717411303424,\"double\":1.0,\"float\":0.1,\"decimal\":1000,"
            + "\"huge\":1E+100000,\"text\":\"\\\"\\\\\\n\\u0001\u2028é😀</script>\","
            + "\"list\":[null,true,[],{}]}");
    AgentStatusUpdate again = (AgentStatusUpdate) codec.decodeServer(frame);
    assertThat(again.metadata().get("text")).isEqualTo(metadata.get("text"));
    assertThat(again.metadata().get("huge")).isEqualTo(metadata.get("huge"));
  }

  @Test
  void whatJsonCannotHoldIsRefusedWithItsPlace() {
    assertRefused(
        status(0, Map.of("score", List.of(1, Double.NaN))), "agent_status.metadata.score[1]: NaN");
    assertRefused(status(0, Map.of("a", List.of(Double.NaN))), "agent_status.metadata.a[0]: NaN");
    assertRefused(
        status(0, Map.of("a", List.of(1, List.of(2, Map.of("b", Double.NaN))))),
        "agent_status.metadata.a[1][1].b: NaN");
    assertRefused(
        status(0, Map.of("a", Float.NEGATIVE_INFINITY)), "agent_status.metadata.a: -Infinity");
    assertRefused(status(Double.POSITIVE_INFINITY, Map.of()), "agent_status.progress: Infinity");
    assertRefused(new Ping(WireTime.ofSeconds(Double.NaN)), "ping.timestamp: NaN");
    LogEntry entry =
        LogEntry.builder().details(new Details(List.of(Double.NaN))).build();
    assertRefused(
        new SessionLogs("s", List.of(entry), null), "session_logs.logs[0].details[0]: NaN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "a\ude00", "\ude00\ud83d", "\ud83d\ud83d\ude00", "😀\ude00"})
  void unpairedSurrogatesAreRefused(String text) {
    assertRefused(
        new GetSessionState(text),
        "get_session_state.session_id: the text has an unpaired surrogate");
    assertRefused(
        status(0, Map.of("k", text)),
        "agent_status.metadata.k: the text has an unpaired surrogate");
    assertRefused(
        status(0, Map.of(text, 1)), "agent_status.metadata: a key has an unpaired surrogate");
    assertRefused(
        new UnknownMessage("x", "{\"type\":\"x\",\"t\":\"" + text + "\"}"), "unpaired surrogate");
  }

  @Test
  void anEscapedUnpairedSurrogateIsReadButNotWritten() {
    var message =
        codec.decodeServer("{\"type\":\"log_streaming_stopped\",\"message\":\"\\ud83d\"}");
    assertRefused(message, "log_streaming_stopped.message: the text has an unpaired surrogate");
  }

  @Test
  void aStatusMustAgreeWithItsText() {
    assertRefused(
        new AgentStatusUpdate("a", "n", AgentStatus.COMPLETED, "PROCESSING", 0, "", null, Map.of()),
        "agent_status.status: the status is COMPLETED, but its text is \"PROCESSING\"");
    assertThat(codec.encode(new AgentStatusUpdate(
            "a", "n", AgentStatus.COMPLETED, "finished", 0, "", null, Map.of())))
        .contains("\"status\":\"finished\"");
    assertThat(codec.encode(new AgentStatusUpdate(
            "a", "n", AgentStatus.UNKNOWN, "dreaming", 0, "", null, Map.of())))
        .contains("\"status\":\"dreaming\"");
  }

  @Test
  void anUnknownMessageIsSentAsItIs() {
    String raw = " {\"x\": [1.50, {\"type\": \"inner\"}], \"type\": \"custom\"}\n";
    assertThat(codec.encode(new UnknownMessage("custom", raw))).isSameAs(raw);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                                  | is not a message: The frame is empty.",
        "[]                                  | is not a message: The frame is a list.",
        "{}                                  | is not a message: The frame has no type",
        "{'type':1}                          | is not a message: The frame's type is a number",
        "{'type':'other'}                    | has the type \"other\"",
        "{'type':'custom'                    | is not JSON:",
        "{'type':'custom'}{}                 | continues after the end",
        "{'type':'custom'}]                  | is not JSON:",
        "{'type':'custom','x':NaN}           | holds NaN",
        "{'type':'custom','x':[-Infinity]}   | holds -Infinity",
        "{'type':'custom','type':'custom'}   | has more than one type",
        "{'type':'custom','x':}              | is not JSON:",
      })
  void anUnknownMessageMustBeOneObjectOfItsType(String raw, String problem) {
    assertRefused(new UnknownMessage("custom", raw.replace('\'', '"')), problem);
  }

  @Test
  void aFrameNestsNoDeeperThanItCanBeReadAgain() {
    Object nested = List.of();
    for (int level = 1; level < 499; level++) {
      nested = List.of(nested);
    }
    Details deepest = new Details(nested);
    LogEntry entry = LogEntry.builder().details(deepest).build();
    assertRefused(new SessionLogs("s", List.of(entry), null), "session_logs: nests deeper than");
  }

  private static AgentStatusUpdate status(double progress, Map<String, @Nullable Object> metadata) {
    return new AgentStatusUpdate("a", "n", AgentStatus.IDLE, "IDLE", progress, "m", null, metadata);
  }

  private void assertEncoded(WireMessage message, String frame) {
    assertThat(codec.encode(message)).isEqualTo(frame.replace('\'', '"'));
  }

  private void assertRefused(WireMessage message, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec.encode(message))
        .withMessageContaining(problem);
  }
}
