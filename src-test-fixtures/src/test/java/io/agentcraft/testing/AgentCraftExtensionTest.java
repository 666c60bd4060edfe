package io.agentcraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers and clients as parameters of tests. */
class AgentCraftExtensionTest {

  private static final Set<Integer> SEEN = ConcurrentHashMap.newKeySet();

  @Nested
  @AgentCraftTest
  class Annotated {

    private ReferenceServer early;

    @BeforeEach
    void setUp(ReferenceServer server) {
      early = server;
    }

    @Test
    void connectsAClientFirst(ReferenceServer server, AgentCraftClient client) {
      CompletableFuture<AgentStatusUpdate> seen = new CompletableFuture<>();
      client.onAgentStatus(seen::complete);
      server.agentStatus("a1", "Researcher", AgentStatus.PROCESSING, 40, "Reading");
      assertThat(Await.get(seen).progress()).isEqualTo(40);
      assertThat(client.connectionState().status()).isEqualTo(ConnectionStatus.CONNECTED);
      assertThat(server).isSameAs(early);
    }

    @RepeatedTest(2)
    void hasAServerOfItsOwn(ReferenceServer server) {
      assertThat(SEEN.add(System.identityHashCode(server))).isTrue();
      assertThat(server.connections()).isEmpty();
    }
  }

  @Nested
  @AgentCraftTest(form = WireForm.DEPLOYED)
  class Deployed {

    @Test
    void speaksTheOtherForm(ReferenceServer server, AgentCraftClient client) {
      assertThat(client.connectionState().status()).isEqualTo(ConnectionStatus.CONNECTED);
      assertThat(server.awaitConnection().path()).startsWith("/api/ws/agent-tracking/client_");
    }
  }

  @Retention(RetentionPolicy.RUNTIME)
  @AgentCraftTest(form = WireForm.DEPLOYED)
  @interface AgainstTheBackend {}

  @Retention(RetentionPolicy.RUNTIME)
  @AgainstTheBackend
  @interface SlowAgainstTheBackend {}

  /** A test that says which form the server has, and how it got the annotation. */
  interface SpeaksTheDeployedForm {

    @Test
    default void speaksTheDeployedForm(ReferenceServer server, AgentCraftClient client) {
      assertThat(client.connectionState().status()).isEqualTo(ConnectionStatus.CONNECTED);
      assertThat(server.awaitConnection().path()).startsWith("/api/ws/agent-tracking/client_");
    }
  }

  @AgentCraftTest(form = WireForm.DEPLOYED)
  interface Backend extends SpeaksTheDeployedForm {}

  interface LargerBackend extends Backend {}

  @AgainstTheBackend
  abstract static class BackendTest implements SpeaksTheDeployedForm {}

  @Nested
  @AgainstTheBackend
  class WithAnAnnotationOfItsOwn implements SpeaksTheDeployedForm {}

  @Nested
  @SlowAgainstTheBackend
  class WithAnAnnotationOfAnAnnotation implements SpeaksTheDeployedForm {}

  @Nested
  class WithAnInterface implements Backend {}

  @Nested
  class WithAnInterfaceOfAnInterface implements LargerBackend {}

  @Nested
  class WithASuperclass extends BackendTest {

    @Nested
    class AndAClassWithin implements SpeaksTheDeployedForm {}
  }

  @Nested
  @AgentCraftTest
  class WithAnotherFormThanItsInterface implements LargerBackend {

    @Test
    @Override
    public void speaksTheDeployedForm(ReferenceServer server, AgentCraftClient client) {
      assertThat(server.awaitConnection().path()).startsWith("/ws/agent-tracking/client_");
    }
  }

  @Nested
  class Registered {

    @RegisterExtension
    static final AgentCraftExtension AGENTCRAFT = AgentCraftExtension.create()
        .server(options -> options.requireToken("s3cret"))
        .client(options -> options.header("Authorization", "Bearer s3cret"));

    @Test
    void takesOptions(AgentCraftClient client) {
      assertThat(client.connectionState().status()).isEqualTo(ConnectionStatus.CONNECTED);
    }
  }
}
