package io.agentcraft.client.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.internal.codec.MessageType;
import io.agentcraft.client.listener.Subscription;
import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.UnknownMessage;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of message types is complete: whoever adds a record is reminded of all that belongs to it. */
class MessageTypeTest {

  /** A constant of the table. */
  private record Row(Class<?> message, Class<?> listener, MessageType<?, ?> type) {

    static Row of(Field constant) {
      Type[] arguments = ((ParameterizedType) constant.getGenericType()).getActualTypeArguments();
      try {
        return new Row((Class<?>) arguments[0], (Class<?>) arguments[1], (MessageType<?, ?>)
            Objects.requireNonNull(constant.get(null)));
      } catch (IllegalAccessException notPublic) {
        throw new AssertionError(notPublic);
      }
    }
  }

  private static final Map<Class<?>, Row> ROWS = Arrays.stream(MessageType.class.getFields())
      .filter(constant -> constant.getType() == MessageType.class)
      .map(Row::of)
      .collect(Collectors.toMap(Row::message, Function.identity()));

  private static Row row(Class<?> message) {
    return Objects.requireNonNull(ROWS.get(message), () -> "There is no row for " + message);
  }

  @Test
  void everyMessageOfServersHasARow() {
    assertRows(ServerMessage.class, MessageType.FROM_SERVER);
  }

  @Test
  void everyMessageOfClientsHasARow() {
    assertRows(ClientMessage.class, MessageType.FROM_CLIENT);
  }

  private static void assertRows(Class<?> messages, MessageType.Direction<?> direction) {
    for (Class<?> message : messages.getPermittedSubclasses()) {
      MessageType<?, ?> type = row(message).type();
      assertThat(MessageType.of(message)).isSameAs(type);
      assertThat(type.wireNames()).allMatch(direction::isKnown);
      assertThat(type.wireNames().isEmpty()).isEqualTo(message == UnknownMessage.class);
    }
  }

  @Test
  void thereIsNoRowBesides() {
    assertThat(ROWS.keySet()).isEqualTo(messages());
    assertThat(MessageType.of(ServerMessage.class)).isNull();
    assertThat(MessageType.FROM_SERVER.isKnown("pong")).isFalse();
    assertThat(MessageType.FROM_CLIENT.isKnown("ping")).isFalse();
    assertThat(MessageType.FROM_SERVER.knownOr("pong", "other")).isEqualTo("other");
    assertThat(MessageType.FROM_SERVER.knownOr("ping", "other")).isEqualTo("ping");
  }

  @Test
  void everyMessageOfServersHasAListenerMethodOnTheClient() {
    for (Class<?> message : ServerMessage.class.getPermittedSubclasses()) {
      Class<?> listener = row(message).listener();
      assertThat(listener.getPackageName()).isEqualTo("io.agentcraft.client.listener");
      assertThat(listener.getMethods())
          .singleElement()
          .extracting(method -> List.of(method.getParameterTypes()))
          .isEqualTo(List.of(message));
      assertThat(AgentCraftClient.class.getMethods())
          .filteredOn(
              method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {listener}))
          .singleElement()
          .matches(method -> method.getReturnType() == Subscription.class)
          .extracting(Method::getName)
          .isEqualTo("on" + listener.getSimpleName().replace("Listener", ""));
    }
  }

  @Test
  void theListenerOfARowReceivesItsMessages() {
    Set<Class<?>> received = new HashSet<>();
    for (ServerMessage message : serverMessages()) {
      Row row = row(message.getClass());
      assertThat(adaptedListenerReceives(row.type(), row.listener(), message))
          .singleElement()
          .isSameAs(message);
      received.add(message.getClass());
    }
    assertThat(received).isEqualTo(Set.of(ServerMessage.class.getPermittedSubclasses()));
  }

  @Test
  void randomMessagesAreOfEveryType() {
    RandomMessages random = new RandomMessages(1);
    Set<Class<?>> made = IntStream.range(0, random.types())
        .mapToObj(type -> random.next(type).getClass())
        .collect(Collectors.toSet());
    assertThat(made).isEqualTo(messages());
  }

  private static <L> List<Object> adaptedListenerReceives(
      MessageType<?, L> type, Class<?> listenerInterface, ServerMessage message) {
    List<Object> received = new ArrayList<>();
    @SuppressWarnings("unchecked") // the row says so
    L listener = (L) Proxy.newProxyInstance(
        listenerInterface.getClassLoader(),
        new Class<?>[] {listenerInterface},
        (proxy, method, arguments) -> {
          received.add(arguments[0]);
          return null;
        });
    type.adapt(listener).onMessage(message);
    return received;
  }

  private static List<ServerMessage> serverMessages() {
    MessageCodec codec = MessageCodec.create();
    return Stream.concat(Vectors.server().stream(), Stream.of("{\"type\":\"tomorrow\"}"))
        .map(codec::decodeServer)
        .toList();
  }

  private static Set<Class<?>> messages() {
    return Stream.of(ServerMessage.class, ClientMessage.class)
        .flatMap(messages -> Arrays.stream(messages.getPermittedSubclasses()))
        .collect(Collectors.toSet());
  }
}
