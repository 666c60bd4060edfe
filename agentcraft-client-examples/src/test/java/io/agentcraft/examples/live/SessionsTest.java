package io.agentcraft.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.SessionSummary;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionsTest {

  private static final SessionSummary OLD = SessionSummary.documented("old", "", "execution", 1);
  private static final SessionSummary NEW = SessionSummary.deployed("new", "execution", 5, 1, null);
  private static final SessionSummary OVER = SessionSummary.documented("over", "", "Completed", 0);

  @Test
  void takesTheNewestThatRuns() {
    assertThat(Sessions.toStream(null, List.of(OLD, NEW, OVER))).isEqualTo("new");
  }

  @Test
  void staysWithASessionThatRuns() {
    assertThat(Sessions.toStream("old", List.of(OLD, NEW))).isEqualTo("old");
  }

  @Test
  void leavesASessionThatIsOverOrGone() {
    assertThat(Sessions.toStream("over", List.of(OVER, OLD))).isEqualTo("old");
    assertThat(Sessions.toStream("gone", List.of(OLD))).isEqualTo("old");
  }

  @Test
  void staysWhereItIsWhenNothingRuns() {
    assertThat(Sessions.toStream("over", List.of(OVER))).isEqualTo("over");
    assertThat(Sessions.toStream(null, List.of())).isNull();
  }
}
