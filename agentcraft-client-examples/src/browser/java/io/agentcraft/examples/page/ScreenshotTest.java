package io.agentcraft.examples.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.OutputType;

/** Pictures of the page in {@code target}; {@code page-light.png} is the README's. */
class ScreenshotTest extends PageTest {

  private static final long README_LIMIT = 200_000;

  @Test
  void thePageIsPhotographedInEachThemeAndOnAPhone() throws IOException {
    open(FAST);
    new Scene(server).play();
    await("the whole crew", () -> texts("#agents .card").size() == Scene.AGENTS);
    await("all lines", () -> texts("#log .line").size() == Scene.LINES);
    await("the handoffs", () -> texts("#collaborations .row").size() == 3);

    Path light = photograph("light", "light", 1280, 880);
    photograph("dark", "dark", 1280, 880);
    photograph("light-narrow", "light", 390, 1900);
    photograph("dark-narrow", "dark", 390, 1900);
    assertThat(Files.size(light)).isBetween(10_000L, README_LIMIT);
    assertNoConsoleErrors();

    server.faults().refuseConnections();
    server.faults().cutConnections();
    awaitText("#connection-text", "Connection Error");
    photograph("error", "light", 1280, 880);
    photograph("error-narrow", "dark", 390, 1900);
  }

  private static Path photograph(String what, String theme, int width, int height)
      throws IOException {
    Chromium.size(driver, width, height);
    // Without motion the bars are where they belong at once.
    Chromium.theme(driver, theme, "reduce");
    return Files.write(
        Path.of("target", "page-" + what + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }
}
