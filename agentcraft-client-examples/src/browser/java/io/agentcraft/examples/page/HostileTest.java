package io.agentcraft.examples.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.AgentStatus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** What a server says is text, however it looks; what it says wrongly is left out. */
class HostileTest extends PageTest {

  private static final String MARKUP = "<img src=x onerror=\"window.hacked=1\">"
      + "<script>window.hacked=1</script><a href=\"javascript:window.hacked=1\">x</a>";

  @Test
  void markupIsShownAndNotObeyed() {
    open("");
    server.startSession(MARKUP, MARKUP, MARKUP);
    server.agentStatus(MARKUP, MARKUP, AgentStatus.PROCESSING, 5, MARKUP);
    server.collaboration(MARKUP, MARKUP, MARKUP);
    server.sendRaw("{\"type\":\"session_logs\",\"session_id\":\"s\",\"logs\":[{\"level\":\"info\","
        + "\"agent\":\"<b>a</b>\",\"message\":\"<img src=x onerror=window.hacked=1>\"}]}");

    await("the agent", () -> text("#agents .message").equals(MARKUP));
    awaitText("#agents .name", MARKUP);
    awaitText("#sessions .name", MARKUP);
    awaitText("#collaborations .reason", MARKUP);
    awaitText("#log .text", "<img src=x onerror=window.hacked=1>");
    assertThat(script("return window.hacked")).isNull();
    assertThat(script(
            "return document.querySelectorAll('main img, main script, main a, main b').length"))
        .isEqualTo(0L);
    assertNoConsoleErrors();
  }

  @Test
  void nonsenseIsCountedAndHarmsNothing() {
    open("");
    server.sendRaw("not JSON");
    server.sendRaw("[]");
    server.sendRaw("{\"type\":7}");
    server.sendRaw("{\"type\":\"news_of_tomorrow\",\"x\":1}");
    server.sendRaw("{\"type\":\"active_sessions\",\"data\":7}");
    server.sendRaw("{\"type\":\"session_state\",\"session_id\":\"s\",\"state\":null}");
    server.sendRaw("{\"type\":\"session_logs\",\"session_id\":\"s\",\"logs\":\"none\"}");
    server.sendRaw("{\"type\":\"crewai_log\",\"log\":[]}");
    server.sendRaw("{\"type\":\"agent_status\"}");
    server.sendBinary(new byte[] {1, 2, 3});
    server.sendRaw(
        "{\"type\":\"active_sessions\",\"data\":{\"sessions\":[null,7,{\"session_id\":\"\"},"
            + "{\"session_id\":\"__proto__\",\"status\":{\"a\":1},\"progress\":\"x\"}]}}");
    server.sendRaw("{\"type\":\"agent_status\",\"agent_id\":\"constructor\",\"agent_name\":\"Odd\","
        + "\"status\":\"toString\",\"progress\":1e999,\"timestamp\":1e300}");
    server.sendRaw(
        "{\"type\":\"session_logs\",\"session_id\":\"s\",\"logs\":[{\"level\":\"valueOf\","
            + "\"message\":\"odd\",\"timestamp\":1e300}]}");

    awaitText("#agents .name", "Odd");
    assertThat(text("#agents .chip")).isEqualTo("TOSTRING");
    awaitText("#sessions .name", "__proto__");
    awaitText("#log .text", "odd");
    await("the count", () -> text("#traffic").endsWith("10 of them not understood"));
    awaitText("#connection-text", "Connected");
    assertNoConsoleErrors();
  }

  @Test
  void whatIsKeptIsBounded() {
    open("");
    String big = "x".repeat(100_000);
    for (int i = 0; i < 700; i++) {
      server.sendRaw(
          "{\"type\":\"session_logs\",\"session_id\":\"s\",\"logs\":[{\"level\":\"info\","
              + "\"message\":\"line " + i + "\"}]}");
    }
    for (int i = 0; i < 120; i++) {
      server.collaboration("A" + i, "B", i == 119 ? big : "reason");
      server.agentStatus("agent-" + i, "Agent " + i, AgentStatus.PROCESSING, 5, "work");
    }
    await("the last agent", () -> texts("#agents .name").contains("Agent 119"));

    assertThat(count("#agents li")).isEqualTo(100);
    assertThat(count("#collaborations li")).isEqualTo(50);
    assertThat(count("#log-lines li")).isEqualTo(500);
    assertThat(
            script("return document.querySelector('#log-lines li:last-child .text').textContent"))
        .isEqualTo("line 699");
    assertThat(
            script("return document.querySelector('#collaborations .reason').textContent.length"))
        .isEqualTo(2001L);
  }

  @Test
  void thePolicyForbidsWhatThePageDoesNotNeed() throws Exception {
    HttpHeaders headers = HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.httpUrl())).build(), BodyHandlers.discarding())
        .headers();
    assertThat(headers.allValues("Content-Security-Policy"))
        .containsExactly(DashboardPage.POLICY)
        .allMatch(policy -> policy.startsWith("default-src 'none'") && !policy.contains("unsafe"));
    assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
    open("");
    assertThat(driver.executeAsyncScript("""
        const done = arguments[arguments.length - 1];
        document.addEventListener('securitypolicyviolation', () => done('forbidden'));
        const script = document.createElement('script');
        try {
          script.textContent = 'window.hacked = 1';
          document.body.append(script);
        } catch {
          done('forbidden');
        }
        """)).isEqualTo("forbidden");
    assertThat(script("return window.hacked")).isNull();
  }

  private static long count(String css) {
    Object count = script("return document.querySelectorAll(arguments[0]).length", css);
    return count instanceof Long number ? number : -1;
  }
}
