package io.agentcraft.client.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.LogStreamingStarted;
import io.agentcraft.client.message.Ping;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.UnknownMessage;
import io.agentcraft.client.message.WireTime;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What decoding forgives. Frames are written with {@code '} for {@code "}. */
class LeniencyTest {

  private final MessageCodec codec = MessageCodec.create();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'agent_status','agent_id':'a'}",
        "{'type':'agent_status','agent_id':'a','agent_name':null,'status':null,'progress':null,"
            + "'message':null,'timestamp':null,'metadata':null}",
        "{'agent_id':'a','new':{'type':'x','deep':[1,{'y':[]}]},'type':'agent_status'}",
        "{'type':'agent_status','agent_id':'b','progress':1,'agent_id':'a','progress':null}",
        " \n\t{ 'type' : 'agent_status' , 'agent_id' : 'a' } \r\n",
        "{'type':'agent_status','agent_id':'a','type':'agent_status'}",
      })
  void missingNullUnknownAndRepeatedFields(String frame) {
    assertThat(decode(frame))
        .isEqualTo(new AgentStatusUpdate(
            "a", "", AgentStatus.UNKNOWN, "", Double.NaN, "", null, Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "65        | 65",
        "65.5      | 65.5",
        "'65.5'    | 65.5",
        "' 65 '    | 65",
        "'1e1'     | 10",
        "-3        | -3",
        "250       | 250",
        "NaN       | NaN",
        "Infinity  | Infinity",
        "-Infinity | -Infinity",
        "'NaN'     | NaN",
        "'Infinity'| Infinity",
        "''        | NaN",
        "'65%'     | NaN",
        "'0x1p3'   | NaN",
        "'1d'      | NaN",
        "'half'    | NaN",
        "true      | NaN",
        "null      | NaN",
        "1e999     | Infinity",
      },
      quoteCharacter = '`')
  void progress(String json, Double progress) {
    AgentStatusUpdate update = (AgentStatusUpdate)
        decode("{'type':'agent_status','agent_id':'a','progress':" + json + "}");
    assertThat(update.progress()).isEqualTo(progress);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "3            | 3",
        "2.0          | 2",
        "'4'          | 4",
        "'4.0'        | 4",
        "2.5          |",
        "99999999999  | 2147483647",
        "-1e99        | -2147483648",
        "NaN          |",
        "true         |",
        "'many'       |",
        "null         |",
      })
  void wholeNumbers(String json, Integer number) {
    CrewAiLog log = (CrewAiLog) decode("{'type':'crewai_log','log':{'line':" + json + "}}");
    assertThat(log.log().line()).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'x'   | x",
        "7     | 7",
        "1.50  | 1.50",
        "true  | true",
        "false | false",
        "NaN   | NaN",
        "null  | ``",
        "''    | ``",
      })
  void text(String json, String text) {
    AgentStatusUpdate update =
        (AgentStatusUpdate) decode("{'type':'agent_status','agent_id':'a','message':" + json + "}");
    assertThat(update.message()).isEqualTo(text);
  }

  @Test
  void timesAreNumbersOrText() {
    assertThat(decode("{'type':'ping'}")).isEqualTo(new Ping(null));
    assertThat(decode("{'type':'ping','timestamp':null}")).isEqualTo(new Ping(null));
    assertThat(decode("{'type':'ping','timestamp':1.5}"))
        .isEqualTo(new Ping(WireTime.ofSeconds(1.5)));
    assertThat(decode("{'type':'ping','timestamp':7}")).isEqualTo(new Ping(WireTime.ofSeconds(7)));
    assertThat(decode("{'type':'ping','timestamp':NaN}"))
        .isEqualTo(new Ping(WireTime.ofSeconds(Double.NaN)));
    assertThat(decode("{'type':'ping','timestamp':'1.5'}"))
        .isEqualTo(new Ping(WireTime.ofText("1.5", ZoneOffset.UTC)));
  }

  @Test
  void anUnknownStatusArrivesWithItsText() {
    AgentStatusUpdate update =
        (AgentStatusUpdate) decode("{'type':'agent_status','agent_id':'a','status':'Dreaming'}");
    assertThat(update.status()).isEqualTo(AgentStatus.UNKNOWN);
    assertThat(update.statusText()).isEqualTo("Dreaming");
  }

  @Test
  void anUnknownTypeIsKeptWhole() {
    String frame = "{\"type\": \"tomorrow\", \"x\": [1, NaN]}";
    assertThat(codec.decodeServer(frame)).isEqualTo(new UnknownMessage("tomorrow", frame));
    assertThat(codec.decodeClient(frame)).isEqualTo(new UnknownMessage("tomorrow", frame));
    String late = "{\"x\": {\"type\": \"inner\"}, \"type\": \"tomorrow\"}";
    assertThat(codec.decodeServer(late)).isEqualTo(new UnknownMessage("tomorrow", late));
    String pong = "{\"type\": \"pong\"}";
    assertThat(codec.decodeServer(pong)).isEqualTo(new UnknownMessage("pong", pong));
    String ping = "{\"type\": \"ping\"}";
    assertThat(codec.decodeClient(ping)).isEqualTo(new UnknownMessage("ping", ping));
  }

  @Test
  void nullsInListsAreSkippedExceptInFreeJson() {
    SessionState state = (SessionState) decode("{'type':'session_state','session_id':'s','state':{"
        + "'active_agents':[null,{'agent_name':'A'},null],'completed_agents':['x',null,7],"
        + "'crew_output':[null,{'a':null},[null]]}}");
    assertThat(state.state().activeAgents()).hasSize(1);
    assertThat(state.state().completedAgents()).containsExactly("x", "7");
    assertThat(state.state().crewOutput())
        .isEqualTo(Arrays.asList(
            null, java.util.Collections.singletonMap("a", null), Arrays.asList((Object) null)));
    SessionLogs logs = (SessionLogs)
        decode("{'type':'session_logs','session_id':'s','logs':[null,{'message':'m'}]}");
    assertThat(logs.logs()).hasSize(1);
  }

  @Test
  void missingAndNullListsAreEmpty() {
    SessionState state = (SessionState)
        decode(
            "{'type':'session_state','session_id':'s','state':{'active_agents':null,'crew_output':null}}");
    assertThat(state.state().activeAgents()).isEmpty();
    assertThat(state.state().crewOutput()).isEmpty();
    assertThat(state.state().completedAgents()).isEmpty();
    assertThat(decode("{'type':'session_logs','session_id':'s'}"))
        .isEqualTo(new SessionLogs("s", List.of(), null));
    assertThat(decode("{'type':'active_sessions'}"))
        .isEqualTo(new ActiveSessions(null, 0, List.of()));
    assertThat(decode("{'type':'active_sessions','data':null}"))
        .isEqualTo(new ActiveSessions(null, 0, List.of()));
  }

  @Test
  void theTotalDefaultsToTheNumberOfSessions() {
    ActiveSessions sessions = (ActiveSessions)
        decode("{'type':'active_sessions','data':{'sessions':[{'session_id':'a'},{}]}}");
    assertThat(sessions.totalSessions()).isEqualTo(2);
    assertThat(sessions.sessions().get(1).sessionId()).isEmpty();
  }

  @Test
  void crewOutputThatIsNoListIsAListOfOne() {
    SessionState state = (SessionState)
        decode("{'type':'session_state','session_id':'s','state':{'crew_output':'final answer'}}");
    assertThat(state.state().crewOutput()).containsExactly("final answer");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':null,'b':[1]} | {a=null, b=[1]}",
        "{}                 | {}",
        "null               | {}",
        "[{'a':1}]          | {}",
        "'text'             | {}",
        "7                  | {}",
        "true               | {}",
      })
  void dataOfASessionEventThatIsNoObjectIsNone(String json, String data) {
    SessionEvent event = (SessionEvent) decode(
        "{'type':'session_complete','session_id':'s','data':" + json + ",'state':{'query':'q'}}");
    assertThat(event.kind()).isEqualTo(SessionEvent.Kind.SESSION_COMPLETE);
    assertThat(event.data()).hasToString(data);
    assertThat(event.state().query()).isEqualTo("q");
  }

  @Test
  void theSessionIdIsTakenFromWhereItIs() {
    SessionState outer =
        (SessionState) decode("{'type':'session_state','session_id':'s','state':{}}");
    assertThat(outer.state().sessionId()).isEqualTo("s");
    SessionEvent inner =
        (SessionEvent) decode("{'type':'phase_update','state':{'session_id':'s'}}");
    assertThat(inner.sessionId()).isEqualTo("s");
    SessionEvent both = (SessionEvent)
        decode("{'state':{'session_id':'in'},'session_id':'out','type':'phase_update'}");
    assertThat(both.sessionId()).isEqualTo("out");
    assertThat(both.state().sessionId()).isEqualTo("in");
    assertThat(((LogStreamingStarted) decode("{'type':'log_streaming_started'}")).sessionId())
        .isNull();
  }

  @Test
  void manualLogEventHasDataAndNoLevel() {
    CrewAiLog log = (CrewAiLog) decode("{'type':'crewai_log','timestamp':1795389935.5,'log':{"
        + "'event_type':'custom','message':'m','data':{'a':[1]},'source':'manual'}}");
    assertThat(log.log().level()).isNull();
    assertThat(log.log().data()).isEqualTo(Map.of("a", List.of(1)));
    assertThat(log.log().eventType()).isEqualTo("custom");
  }

  @Test
  void detailsAreAnyJson() {
    assertThat(details("'text'")).isEqualTo(Details.of("text"));
    assertThat(details("''")).isEqualTo(Details.of(""));
    assertThat(details("{}")).isEqualTo(Details.EMPTY);
    assertThat(details("{'a':1,'a':2}")).isEqualTo(Details.of(Map.of("a", 2)));
    assertThat(details("[1,'x']")).isEqualTo(new Details(List.of(1, "x")));
    assertThat(details("true")).isEqualTo(new Details(true));
    assertThat(details("null")).isNull();
  }

  @Test
  void freeNumbersHaveTheSmallestTypeThatHoldsThem() {
    assertThat(details("[1,2147483648,9223372036854775808,1.0,1e400,NaN,-Infinity]"))
        .isEqualTo(new Details(List.of(
            1,
            2147483648L,
            new BigInteger("9223372036854775808"),
            1.0,
            new BigDecimal("1e400"),
            Double.NaN,
            Double.NEGATIVE_INFINITY)));
  }

  private @Nullable Object details(String json) {
    SessionLogs logs = (SessionLogs)
        decode("{'type':'session_logs','session_id':'s','logs':[{'details':" + json + "}]}");
    return logs.logs().get(0).details();
  }

  private ServerMessage decode(String frame) {
    String text = frame.replace('\'', '"');
    ServerMessage message = codec.decodeServer(text);
    if (!(message instanceof UnknownMessage)) {
      assertThat(codec.decodeServer(Vectors.lengthened(text))).isEqualTo(message);
    }
    return message;
  }
}
