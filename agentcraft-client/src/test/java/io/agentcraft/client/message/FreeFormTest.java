package io.agentcraft.client.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.codec.MessageCodec;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Free-form JSON in records: {@link Details}, and what {@link Details} shares with metadata and crew output. */
class FreeFormTest {

  @Test
  void detailsAreTextOrFields() {
    assertThat(Details.of("step 1").text()).isEqualTo("step 1");
    assertThat(Details.of("step 1").fields()).isEmpty();
    assertThat(Details.of(Map.of("a", 1)).fields()).containsEntry("a", 1);
    assertThat(Details.of(Map.of("a", 1)).text()).isEqualTo("{a=1}");
    assertThat(Details.EMPTY.text()).isEmpty();
    assertThat(Details.EMPTY.fields()).isEmpty();
    assertThat(new Details(List.of(1, 2)).text()).isEqualTo("[1, 2]");
    assertThat(new Details(true).fields()).isEmpty();
  }

  @Test
  void laterChangesOfTheCallersMapDoNotShow() {
    List<Object> inner = new ArrayList<>(List.of("x"));
    Map<String, Object> fields = new HashMap<>();
    fields.put("inner", inner);
    fields.put("nothing", null);
    Details details = Details.of(fields);
    inner.add("y");
    fields.put("more", 1);
    assertThat(details.fields()).containsOnlyKeys("inner", "nothing");
    assertThat(details.fields().get("inner")).isEqualTo(List.of("x"));
    assertThat(details.fields().get("nothing")).isNull();
  }

  @Test
  void nothingHandedOutCanBeChanged() {
    Map<String, Object> fields =
        Details.of(Map.of("list", List.of(1), "text", "x")).fields();
    assertThatThrownBy(() -> fields.put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> fields.remove("text"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(fields::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> fields.keySet().remove("text"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> fields.values().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> fields.entrySet().iterator().next().setValue("z"))
        .isInstanceOf(UnsupportedOperationException.class);
    @SuppressWarnings("unchecked")
    List<Object> list = (List<Object>) Objects.requireNonNull(fields.get("list"));
    assertThatThrownBy(() -> list.add(2)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> list.set(0, 2)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(list::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void theOrderOfFieldsIsKeptAndEqualityIsThatOfMapsAndLists() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("z", 1);
    fields.put("a", List.of(1, "two", false));
    Details details = Details.of(fields);
    assertThat(details.fields().keySet()).containsExactly("z", "a");
    assertThat(details.fields())
        .isEqualTo(fields)
        .hasSameHashCodeAs(fields)
        .hasToString("" + fields);
    assertThat(fields).isEqualTo(details.fields());
    assertThat(details).isEqualTo(Details.of(details.fields()));
  }

  @Test
  void whatIsFrozenIsNotCopiedAgain() {
    Details details = Details.of(Map.of("a", List.of(1)));
    assertThat(new Details(details.value()).value()).isSameAs(details.value());
    Details around = Details.of(Map.of("inner", details.value()));
    assertThat(around.fields().get("inner")).isSameAs(details.value());
  }

  @Test
  void whatIsNoJsonIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Details(Instant.EPOCH))
        .withMessageContaining("java.time.Instant")
        .withMessageContaining("toString()");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Details(Map.of(1, "x")))
        .withMessageContaining("text keys");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Details(new Map<?, ?>[0]))
        .withMessageContaining("Free-form JSON");
  }

  @Test
  void aStructureThatContainsItselfIsRefusedInsteadOfOverflowingTheStack() {
    List<Object> self = new ArrayList<>();
    self.add(self);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Details(self))
        .withMessageContaining("499 levels");
  }

  @Test
  void nestingIsBoundedThroughFrozenValuesToo() {
    Object nested = new Details(List.of()).value();
    for (int level = 2; level <= 499; level++) {
      nested = new Details(List.of(nested)).value();
    }
    Object deepest = nested;
    assertThat(new Details(deepest).value()).isSameAs(deepest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Details(List.of(deepest)))
        .withMessageContaining("499 levels");
  }

  @Test
  void aNumberThatCanChangeIsCopied() {
    AtomicInteger counter = new AtomicInteger(7);
    Details details = Details.of(Map.of("n", counter));
    counter.set(8);
    assertThat(details.fields().get("n")).isEqualTo(BigDecimal.valueOf(7));
  }

  @Test
  void objectsOfAnySizeAreMapsInTheOrderOfTheirFields() {
    for (int size = 0; size <= 40; size++) {
      Map<String, Object> fields = new LinkedHashMap<>();
      for (int i = 0; i < size; i++) {
        fields.put("field" + (size - i), i);
      }
      Map<String, ?> frozen = Details.of(fields).fields();

      assertThat(frozen).isEqualTo(fields).hasSameHashCodeAs(fields).hasSize(size);
      assertThat(fields).isEqualTo(frozen);
      assertThat(frozen.keySet()).containsExactlyElementsOf(fields.keySet());
      fields.forEach((name, value) -> assertThat(frozen.get(name)).isEqualTo(value));
      assertThat(frozen.containsKey("field0")).isFalse();
      assertThat(frozen.get("field0")).isNull();
      assertThat(frozen.get(null)).isNull();
      assertThat(((Map<?, ?>) frozen).containsKey(7)).isFalse();
    }
  }

  @Test
  void ofAFieldThatComesTwiceTheLastValueCountsInTheFirstsPlace() {
    MessageCodec codec = MessageCodec.create();
    for (int others : new int[] {0, 3, 7, 8, 20}) {
      StringBuilder json = new StringBuilder("\"twice\":1");
      IntStream.range(0, others).forEach(i -> json.append(",\"x" + i + "\":" + i));
      AgentStatusUpdate update = (AgentStatusUpdate) codec.decodeServer(
          "{\"type\":\"agent_status\",\"agent_id\":\"a\",\"metadata\":{" + json + ",\"twice\":2}}");
      assertThat(update.metadata()).hasSize(others + 1).containsEntry("twice", 2);
      assertThat(update.metadata().keySet()).startsWith("twice");
    }
  }
}
