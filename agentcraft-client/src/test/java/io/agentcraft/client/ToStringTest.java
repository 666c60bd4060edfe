package io.agentcraft.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** No object of a client says a secret: not those that a caller sees, and not those within. */
class ToStringTest {

  private static final String SECRET = "hunter2";

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  @Test
  void nothingThatAClientIsMadeOfShowsASecret() throws IllegalAccessException {
    AgentCraftClientBuilder withToken = builder().token(SECRET);
    AgentCraftClientBuilder withProvider =
        builder().tokenProvider(() -> CompletableFuture.completedFuture(SECRET));
    AgentCraftClientBuilder withHeader = builder().header("Authorization", SECRET);
    for (AgentCraftClientBuilder one :
        new AgentCraftClientBuilder[] {withToken, withProvider, withHeader}) {
      assertThat(String.valueOf((Object) one)).doesNotContain(SECRET);
      try (AgentCraftClient client = one.build()) {
        client.board();
        lookThrough(client);
        lookThrough(client.agent("a", "Agent"));
      }
    }
    assertThat(seen)
        .extracting(object -> object.getClass().getSimpleName())
        .contains("AgentCraftClient", "ClientConfig", "Credentials", "Endpoint", "Handshakes");
  }

  private static AgentCraftClientBuilder builder() {
    return AgentCraftClient.builder("wss://host/path?key=" + SECRET).header("X-Api-Key", SECRET);
  }

  private void lookThrough(Object root) throws IllegalAccessException {
    Deque<Object> toVisit = new ArrayDeque<>();
    visit(root, toVisit);
    for (Object next = toVisit.poll(); next != null; next = toVisit.poll()) {
      if (next instanceof Collection<?> some) {
        some.forEach(one -> visit(one, toVisit));
      } else if (next instanceof Map<?, ?> map) {
        map.values().forEach(one -> visit(one, toVisit));
      } else {
        assertThat(next.toString()).as(next.getClass().getName()).doesNotContain(SECRET);
        visitFields(next, toVisit);
      }
    }
  }

  private void visitFields(Object object, Deque<Object> toVisit) throws IllegalAccessException {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && field.trySetAccessible()) {
          visit(field.get(object), toVisit);
        }
      }
    }
  }

  private void visit(@Nullable Object object, Deque<Object> toVisit) {
    if (object == null) {
      return;
    }
    boolean worthALook = object instanceof Collection
        || object instanceof Map
        || object.getClass().getName().startsWith("io.agentcraft.");
    if (worthALook && seen.add(object)) {
      toVisit.add(object);
    }
  }
}
