package io.agentcraft.client.view;

import static io.agentcraft.client.view.BoardFixture.active;
import static io.agentcraft.client.view.BoardFixture.deployed;
import static io.agentcraft.client.view.BoardFixture.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.listener.Subscription;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.Ping;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.message.UnknownMessage;
import io.agentcraft.client.message.WireTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrackingBoardTest {

  private static final ServerMessage UPDATE = update("a", AgentStatus.IDLE, null);

  private final BoardFixture on = new BoardFixture();
  private final TrackingBoard board = on.board;
  private final List<BoardSnapshot> received = new ArrayList<>();

  @Test
  void aSnapshotIsTheSameUntilSomethingChanges() {
    BoardSnapshot before = on.feed(active(deployed("s")));
    assertThat(board.snapshot()).isSameAs(before);

    BoardSnapshot after = on.feed(UPDATE);

    assertThat(after).isNotSameAs(before);
    assertThat(after.sessions())
        .as("what did not change is not copied")
        .isSameAs(before.sessions());
    assertThat(before.agents()).as("a snapshot never changes").isEmpty();
  }

  static Stream<ServerMessage> messagesThatChangeNothing() {
    return Stream.of(
        new Ping(WireTime.ofSeconds(736.9)),
        new UnknownMessage("later", "{}"),
        new SessionNotFound("never received of", null),
        BoardFixture.logs("s"));
  }

  @ParameterizedTest
  @MethodSource("messagesThatChangeNothing")
  void listenersAreNotNotifiedWithoutAChange(ServerMessage message) {
    BoardSnapshot before = board.snapshot();
    board.onChange(received::add);

    board.accept(message);
    board.accept(ConnectionState.INITIAL);

    assertThat(received).isEmpty();
    assertThat(board.snapshot()).isSameAs(before);
  }

  @Test
  void listenersAreNotifiedOfEveryChangeUntilTheirSubscriptionEnds() {
    Subscription subscription = board.onChange(received::add);

    BoardSnapshot first = on.feed(UPDATE);
    on.connect();
    assertThat(received).hasSize(2).first().isSameAs(first);

    subscription.close();
    subscription.close();
    on.feed(UPDATE);
    assertThat(received).hasSize(2);
  }

  @Test
  void aListenerRegisteredTwiceHasTwoSubscriptions() {
    TrackingBoard.Listener listener = received::add;
    Subscription first = board.onChange(listener);
    board.onChange(listener);
    first.close();
    first.close();

    on.feed(UPDATE);

    assertThat(received).hasSize(1);
  }

  @Test
  void aListenerThatThrowsDoesNotAffectTheOthers() {
    board.onChange(snapshot -> {
      throw new IllegalStateException("first");
    });
    board.onChange(received::add);
    board.onChange(snapshot -> {
      throw new IllegalStateException("second");
    });

    assertThatThrownBy(() -> board.accept(UPDATE))
        .hasMessage("first")
        .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));

    assertThat(received).hasSize(1);
    assertThat(board.snapshot().agents()).extracting(AgentView::id).containsExactly("a");
  }

  @Test
  void aListenerMayUseTheBoardAndEndItsOwnSubscription() {
    List<Subscription> own = new ArrayList<>();
    own.add(board.onChange(snapshot -> {
      assertThat(board.snapshot()).isSameAs(snapshot);
      received.add(snapshot);
      own.get(0).close();
    }));

    on.feed(UPDATE, UPDATE);

    assertThat(received).hasSize(1);
  }

  @Test
  void snapshotsCannotBeChanged() {
    BoardSnapshot snapshot = on.feed(UPDATE, active(deployed("s")));

    assertUnmodifiable(() -> snapshot.agents().clear());
    assertUnmodifiable(() -> snapshot.sessions().clear());
    assertUnmodifiable(() -> snapshot.logLines().clear());
    assertUnmodifiable(() -> snapshot.collaborations().clear());
    assertUnmodifiable(() -> snapshot.activeSessions().clear());
  }

  @Test
  void theLeastRecentlyUpdatedEntryIsDroppedFirstAndCounted() {
    BoardFixture small = new BoardFixture(TrackingBoard.builder().maxAgents(2).maxSessions(2));

    BoardSnapshot snapshot = small.feed(
        update("a", AgentStatus.IDLE, null),
        update("b", AgentStatus.IDLE, null),
        update("a", AgentStatus.ERROR, null),
        update("c", AgentStatus.IDLE, null),
        active(deployed("s1"), deployed("s2"), deployed("s3")));

    assertThat(snapshot.agents()).extracting(AgentView::id).containsExactly("a", "c");
    assertThat(snapshot.droppedAgents()).isEqualTo(1);
    assertThat(snapshot.sessions().keySet()).containsExactly("s2", "s3");
    assertThat(snapshot.droppedSessions()).isEqualTo(1);
  }

  @Test
  void invalidBoundsAreRejected() {
    TrackingBoard.Builder builder = TrackingBoard.builder();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.maxAgents(0))
        .withMessageContaining("1 or more agents")
        .withMessageContaining("keep 0");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxSessions(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxCollaborations(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxLogLines(-1));
  }

  private static void assertUnmodifiable(Runnable change) {
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(change::run);
  }
}
