package io.agentcraft.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.examples.dashboard.RowBudget.Want;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowBudgetTest {

  private static final List<Want> WANTS =
      List.of(new Want(4, 6), new Want(3, 5), new Want(0, 0), new Want(3, 100));

  @Test
  void withRoomEverybodyGetsAllAndTheLastTheRest() {
    assertThat(RowBudget.share(30, WANTS)).containsExactly(6, 5, 0, 19);
  }

  @Test
  void withLittleRoomTheLeastGoesToAllBeforeAnybodyGetsMore() {
    assertThat(RowBudget.share(11, WANTS)).containsExactly(5, 3, 0, 3);
  }

  @Test
  void withoutRoomTheLastGoWithout() {
    assertThat(RowBudget.share(6, WANTS)).containsExactly(4, 2, 0, 0);
    assertThat(RowBudget.share(5, WANTS)).containsExactly(5, 0, 0, 0);
  }

  @Test
  void neverMoreThanThereIs() {
    assertThat(RowBudget.share(0, WANTS)).containsOnly(0);
    assertThat(RowBudget.share(-3, WANTS)).containsOnly(0);
  }
}
