package io.agentcraft.client.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentcraft.client.error.MalformedMessageException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What decoding does not forgive, and what it says then. Frames are written with {@code '} for {@code "}. */
class MalformedTest {

  private final MessageCodec codec = MessageCodec.create();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                       | The frame is empty.",
        "`   `                    | The frame is empty.",
        "[]                       | The frame is a list.",
        "'ping'                   | The frame is text.",
        "7                        | The frame is a number.",
        "null                     | The frame is null.",
        "true                     | The frame is a boolean.",
        "hello                    | The frame is not JSON:",
        "{                        | The frame is not JSON:",
        "{'type'                  | The frame is not JSON:",
        "{'type':'ping'           | The frame is not JSON:",
        "{'type':'ping',}         | The frame is not JSON:",
        "{type:'ping'}            | The frame is not JSON:",
        "{}                       | The frame has no type",
        "{'Type':'ping'}          | The frame has no type",
        "{'x':{'type':'ping'}}    | The frame has no type",
        "{'type':null}            | The frame's type is null instead of text.",
        "{'type':7}               | The frame's type is a number instead of text.",
        "{'x':1,'type':['ping']}  | The frame's type is a list instead of text.",
        "{'type':''}              | The frame's type is empty.",
        "{'type':'ping'}{}        | Something follows the end of the frame's JSON object: an object.",
        "{'type':'ping'} 1        | Something follows the end of the frame's JSON object: a number.",
        "{'type':'ping'}]         | The frame is not JSON:",
        "{'type':'new'} x         | The frame is not JSON:",
        "{'type':'new','x':[}     | The frame is not JSON:",
        "{'type':'ping','type':'pong'} | The frame has two types: ping and pong.",
        "{'type':'ping','type':1}      | The frame has two types: ping and a number.",
      })
  void frames(String frame, String problem) {
    assertMalformed(frame, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'agent_status'} | The frame has no agent_status.agent_id",
        "{'type':'agent_status','agent_id':null} | The frame has no agent_status.agent_id",
        "{'type':'session_state','session_id':'s'} | The frame has no session_state.state",
        "{'type':'session_state','session_id':'s','state':null} | The frame has no session_state.state",
        "{'type':'session_state','state':{}} | The frame has no session_state.session_id",
        "{'type':'phase_update','state':{}} | The frame has no phase_update.session_id",
        "{'type':'phase_update','session_id':'s'} | The frame has no phase_update.state",
        "{'type':'session_logs','logs':[]} | The frame has no session_logs.session_id",
        "{'type':'session_not_found'} | The frame has no session_not_found.session_id",
        "{'type':'crewai_log'} | The frame has no crewai_log.log",
        "{'type':'agent_status','agent_id':{}} | agent_status.agent_id: expected text, but found an object.",
        "{'type':'agent_status','agent_id':'a','progress':[]} | agent_status.progress: expected a number, but found a list.",
        "{'type':'agent_status','agent_id':'a','metadata':'x'} | agent_status.metadata: expected an object, but found text.",
        "{'type':'ping','timestamp':true} | ping.timestamp: expected a number or text, but found a boolean.",
        "{'type':'ping','timestamp':{}} | ping.timestamp: expected a number or text, but found an object.",
        "{'type':'active_sessions','data':[]} | active_sessions.data: expected an object, but found a list.",
        "{'type':'active_sessions','data':{'sessions':{}}} | active_sessions.data.sessions: expected a list, but found an object.",
        "{'type':'active_sessions','data':{'sessions':[{},7]}} | active_sessions.data.sessions[1]: expected an object, but found a number.",
        "{'type':'active_sessions','data':{'total_sessions':{}}} | active_sessions.data.total_sessions: expected a whole number, but found an object.",
        "{'type':'session_logs','session_id':'s','logs':[null,{},{},'x']} | session_logs.logs[3]: expected an object, but found text.",
        "{'type':'session_logs','session_id':'s','logs':[{'message':['x']}]} | session_logs.logs[0].message: expected text, but found a list.",
        "{'type':'session_state','session_id':'s','state':[]} | session_state.state: expected an object, but found a list.",
        "{'type':'session_state','session_id':'s','state':{'active_agents':[[]]}} | session_state.state.active_agents[0]: expected an object, but found a list.",
        "{'type':'session_error','session_id':'s','state':{'completed_agents':['a',{}]}} | session_error.state.completed_agents[1]: expected text, but found an object.",
        "{'type':'crewai_log','log':{'agent_info':'x'}} | crewai_log.log.agent_info: expected an object, but found text.",
        "{'type':'crewai_log','log':'x'} | crewai_log.log: expected an object, but found text.",
      })
  void fields(String frame, String problem) {
    assertMalformed(frame, problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"get_session_logs", "get_session_state", "start_log_streaming"})
  void requestsMustNameASession(String type) {
    MalformedMessageException error = catchThrowableOfType(
        MalformedMessageException.class, () -> codec.decodeClient("{\"type\":\"" + type + "\"}"));
    assertThat(error).hasMessageStartingWith("The frame has no " + type + ".session_id");
  }

  @Test
  void theErrorNamesThePlaceAndHoldsNoMoreThanTheBoundOfTheText() {
    String secret = "s3cr3t".repeat(1000);
    MalformedMessageException error = catchThrowableOfType(
        MalformedMessageException.class,
        () -> codec.decodeServer("{\"type\":\"ping\"," + " ".repeat(600) + secret + "}"));
    assertThat(error.getMessage()).contains("line 1, column ").doesNotContain("Source:");
    assertThat(error.rawText())
        .hasSize(MalformedMessageException.RAW_LIMIT)
        .doesNotContain("s3cr3t");
    assertThat(error.getCause()).isNotNull();
    assertThat(String.valueOf(error.getCause())).hasSizeLessThan(512);
  }

  @Test
  void aLongNameIsCutInThePath() {
    String name = "n".repeat(1000);
    MalformedMessageException error = catchThrowableOfType(
        MalformedMessageException.class,
        () -> codec.decodeServer("{\"type\":\"ping\",\"" + name + "\":}"));
    assertThat(error.getMessage()).hasSizeLessThan(1500);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 501, 10_000, 1_000_000})
  void deepNestingEndsInAnErrorOnASmallStack(int levels) throws InterruptedException {
    for (String around : new String[] {
      "{'type':'agent_status','agent_id':'a','metadata':{'x':%s}}",
      "{'type':'session_logs','session_id':'s','logs':[{'details':%s}]}",
      "{'type':'session_complete','session_id':'s','state':{},'data':{'x':%s}}",
      "{'type':'session_complete','session_id':'s','state':{},'data':%s}",
      "{'type':'unheard','x':%s}",
      "{'x':%s,'type':'ping'}",
      "{'type':'ping','x':%s}",
    }) {
      String nested = "[".repeat(levels) + "]".repeat(levels);
      String frame = around.replace('\'', '"').replace("%s", nested);
      assertThat(onSmallStack(() -> codec.decodeServer(frame)))
          .as(around)
          .isInstanceOf(MalformedMessageException.class)
          .hasMessageContaining("nesting depth");
    }
  }

  @Test
  void theDeepestNestingAllowedIsReadComparedAndWrittenOnASmallStack() throws InterruptedException {
    int levels = 497;
    String frame = "{\"type\":\"agent_status\",\"agent_id\":\"a\",\"metadata\":{\"x\":"
        + "{\"y\":".repeat(levels) + "[]" + "}".repeat(levels) + "}}";
    assertThat(onSmallStack(() -> {
          var message = codec.decodeServer(frame);
          var again = codec.decodeServer(codec.encode(message));
          assertThat(again.equals(message)).isTrue();
          assertThat(again.hashCode()).isEqualTo(message.hashCode());
          assertThat(again.toString()).isEqualTo(message.toString());
        }))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'agent_status','agent_id':'a','metadata':{'x':%s}}",
        "{'type':'agent_status','agent_id':'a','progress':%s}",
        "{'type':'ping','timestamp':%s}",
        "{'type':'ping','timestamp':1.%s}",
      })
  void aNumberWithTooManyDigitsIsAnErrorAndCostsLittle(String around) {
    String digits = "9".repeat(1_000_000);
    assertMalformed(around.replace("%s", digits), "The frame is not JSON: Number value length");
  }

  private void assertMalformed(String frame, String problem) {
    String text = frame.replace('\'', '"');
    for (String either : List.of(text, Vectors.lengthened(text))) {
      MalformedMessageException error =
          catchThrowableOfType(MalformedMessageException.class, () -> codec.decodeServer(either));
      assertThat(error).as(frame).isNotNull().hasMessageStartingWith(problem);
      assertThat(error.getMessage()).contains("The frame begins: ").doesNotContain("Source:");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ufeff{", "{\u0000", "\u0000{"})
  void marksOfOtherEncodingsAreNoJsonHoweverLongTheFrame(String start) {
    assertMalformed(
        start + "'type':'ping','x':'" + "x".repeat(600) + "'}", "The frame is not JSON");
    assertMalformed(start + "'type':'ping'}", "The frame is not JSON");
  }

  private static @Nullable Throwable onSmallStack(Runnable work) throws InterruptedException {
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread thread = new Thread(
        null,
        () -> {
          try {
            work.run();
          } catch (Throwable failure) {
            thrown.set(failure);
          }
        },
        "small-stack",
        512 * 1024);
    thread.start();
    thread.join();
    return thrown.get();
  }
}
