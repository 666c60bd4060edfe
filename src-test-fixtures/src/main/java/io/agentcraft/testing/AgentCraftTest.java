package io.agentcraft.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Provides tests with a {@link ReferenceServer}, and a client that is connected to it, as parameters. Each test has its own,
 * and both are closed after it.
 *
 * <pre>{@code
 * @AgentCraftTest
 * class BoardTest {
 *   @Test
 *   void showsProgress(ReferenceServer server, AgentCraftClient client) throws Exception {
 *     CompletableFuture<AgentStatusUpdate> seen = new CompletableFuture<>();
 *     client.onAgentStatus(seen::complete);
 *     server.agentStatus("a1", "Researcher", AgentStatus.PROCESSING, 40, "Reading");
 *     assertThat(seen.get(10, SECONDS).progress()).isEqualTo(40);
 *   }
 * }
 * }</pre>
 *
 * <p>It may also stand on a single test method, on an interface that the test class implements, or on an annotation of your own.
 * That of a method is for this method alone, and takes precedence over that of its class.
 *
 * @see AgentCraftExtension for all other options
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@SuppressWarnings("exports")
@ExtendWith(AgentCraftExtension.class)
public @interface AgentCraftTest {

  /**
   * The form of the protocol that the server uses.
   *
   * @return the form
   */
  WireForm form() default WireForm.DOCUMENTED;
}
