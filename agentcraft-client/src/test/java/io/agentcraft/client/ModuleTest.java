package io.agentcraft.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import org.junit.jupiter.api.Test;

class ModuleTest {

  private static final Module MODULE = AgentCraftClient.class.getModule();

  @Test
  void testsRunInTheNamedModule() {
    assertThat(MODULE.getName()).isEqualTo("io.agentcraft.client");
  }

  @Test
  void noInternalPackageIsExported() {
    assertThat(MODULE.getDescriptor().exports())
        .extracting(ModuleDescriptor.Exports::source)
        .isNotEmpty()
        .noneMatch(name -> name.contains(".internal"));
  }
}
