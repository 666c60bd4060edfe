package io.agentcraft.client.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.message.ServerMessage;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages in several frames that are larger than {@code maxMessageBytes} only as a whole. */
class FragmentsTest extends IntegrationTest {

  private static final int BOUND = 20_000;
  private static final String GOOD = "{\"type\":\"good\"}";
  private static final String BLANKS = " ".repeat(30_000);

  private final RawServer server = new RawServer();

  /** Frames are separated by a tilde: the first byte in hexadecimal digits, and the text, where B stands for blanks. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "01 {'type':'ping','timestamp':2} ~ 80 B | 1",
        "01 {'type':'ping','timestamp':2} ~ 00 B ~ 80 B | 1",
        "01 {'type':'ping','timestamp':2} ~ 89 hi ~ 00 B ~ 8a ~ 80 | 1",
        "01 {'type':'pi ~ 80 B | 1",
        "01 ~ 00 ~ 00 B ~ 80 {'type':'late'} | 1",
        "01 B ~ 80 {'type':'late'} | 1",
        "02 {'type':'binary'} ~ 80 B | 1",
        "01 {'type':'one'} ~ 80 B ~ 01 {'type':'two'} ~ 80 B | 2",
        "01 {'type':'one'} ~ 80 B ~ 81 B ~ 01 {'type':'three'} ~ 80 B | 3",
      })
  void areLeftOutAsAWholeAndReportedOnce(String frames, int leftOut) {
    server.answer((key, out) -> {
      RawServer.acceptHandshake(key, out);
      for (String frame : frames.replace('\'', '"').split(" ~ ", -1)) {
        String text = frame.substring(2).trim();
        out.write(frame(Integer.parseInt(frame.substring(0, 2), 16), text.replace("B", BLANKS)));
      }
      out.write(frame(0x01, GOOD.substring(0, 5)));
      out.write(frame(0x80, GOOD.substring(5)));
    });
    AgentCraftClient client = client(server.url(), options -> options.maxMessageBytes(BOUND));
    closed(server);
    Recorder<ServerMessage> messages = new Recorder<>();
    Recorder<AgentCraftException> errors = new Recorder<>();
    client.onMessage(messages::add);
    client.onError(errors::add);
    Await.get(client.connect());

    assertThat(messages.next().type()).isEqualTo("good");
    assertThat(errors.next(leftOut))
        .allSatisfy(error -> assertThat(error)
            .isInstanceOf(MalformedMessageException.class)
            .hasMessageContaining("maxMessageBytes"));
    server.close();
    client.close();
    assertThat(messages.rest()).isEmpty();
    assertThat(errors.rest()).isEmpty();
    assertThat(client.malformedFrames()).isEqualTo(leftOut);
  }

  private static byte[] frame(int first, String text) {
    byte[] payload = text.getBytes(UTF_8);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    if (payload.length < 126) {
      frame.write(payload.length);
    } else {
      frame.write(126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    }
    frame.writeBytes(payload);
    return frame.toByteArray();
  }
}
