package io.agentcraft.examples.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Roles, names, keyboard, contrast, motion. */
class AccessTest extends PageTest {

  @Test
  void everythingHasARoleAndAName() {
    open("");
    play();

    for (String region : List.of("agents", "sessions", "collaborations", "log")) {
      WebElement panel = element("#" + region + "-panel");
      assertThat(panel.getAriaRole()).isEqualTo("region");
      assertThat(panel.getAccessibleName()).isNotBlank();
    }
    for (WebElement bar : driver.findElements(By.cssSelector(".bar:not([hidden])"))) {
      assertThat(bar.getAriaRole()).isEqualTo("progressbar");
      assertThat(bar.getAccessibleName()).startsWith("Progress of ");
      assertThat(Integer.parseInt(bar.getDomAttribute("aria-valuenow"))).isBetween(0, 100);
      assertThat(bar.getDomAttribute("aria-valuemin")).isEqualTo("0");
      assertThat(bar.getDomAttribute("aria-valuemax")).isEqualTo("100");
    }
    assertThat(element("#level").getAccessibleName()).isEqualTo("Level");
    assertThat(element("#follow").getAccessibleName()).isEqualTo("Auto-scroll");
    assertThat(element("#log").getAriaRole()).isEqualTo("log");
    assertThat(attribute("#log", "aria-live")).isEqualTo("off");
    assertThat(element("#announcer").getAriaRole()).isEqualTo("status");
    assertThat(driver.findElements(By.cssSelector("[aria-live=polite]"))).hasSize(1);
    assertThat(attribute("html", "lang")).isEqualTo("en");
    assertThat(headings()).containsSubsequence("H1", "H2", "H3", "H2").doesNotContain("H4");
    assertThat(script("""
        const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
        return ids.length - new Set(ids).size""")).isEqualTo(0L);
  }

  @Test
  void theKeyboardReachesEverything() {
    open(FAST);
    play();
    for (int i = 0; i < 30; i++) {
      server.appendLog(Scene.RESEARCH, "info", "Analyst", "Candidate " + i + " scored");
    }
    await("more lines than fit", () -> text("#log-count").equals(String.valueOf(Scene.LINES + 30)));
    server.faults().refuseConnections();
    server.faults().cutConnections();
    awaitText("#connection-text", "Connection Error");

    script("document.activeElement.blur()");
    List<String> reached = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      new Actions(driver).sendKeys(Keys.TAB).perform();
      WebElement focused = driver.switchTo().activeElement();
      reached.add(focused.getDomAttribute("id"));
      assertThat(focused.getCssValue("outline-style")).as("focus is seen").isEqualTo("solid");
    }
    assertThat(reached)
        .containsExactly("retry", "sessions", "collaborations", "level", "follow", "log");

    new Actions(driver).sendKeys(Keys.HOME).perform();
    // The browser scrolls there step by step.
    await(
        "scrolled back by keyboard",
        () -> Long.valueOf(0).equals(script("return document.getElementById('log').scrollTop"))
            && !element("#follow").isSelected());
    element("#follow").sendKeys(Keys.SPACE);
    await("follows again", () -> element("#follow").isSelected());
    element("#level").sendKeys("E");
    await("errors only", () -> texts("#log .level").equals(List.of("ERROR")));
    server.faults().acceptConnections();
    element("#retry").sendKeys(Keys.ENTER);
    awaitText("#connection-text", "Connected");
    assertThat(driver.switchTo().activeElement().getDomAttribute("id")).isEqualTo("log");
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void contrastIsSufficient(String theme) {
    Chromium.theme(driver, theme, "reduce");
    open(FAST);
    play();
    assertContrast();

    server.faults().refuseConnections();
    server.faults().cutConnections();
    awaitText("#connection-text", "Connection Error");
    assertContrast();
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void theIndicatorHasTheDocumentsColours(String theme) {
    Chromium.theme(driver, theme, "reduce");
    open("");

    assertThat(dot("connected")).isEqualTo("green");
    assertThat(dot("connecting")).isEqualTo("yellow");
    assertThat(dot("disconnected")).isEqualTo("gray");
    assertThat(dot("error")).isEqualTo("red");
  }

  @Test
  void thereIsNoMotionForThoseWhoWantNone() {
    Chromium.theme(driver, "light", "reduce");
    open("");
    play();

    assertThat(element("#agents .fill").getCssValue("transition-duration")).isEqualTo("0s");
    assertThat(element(".dot").getCssValue("animation-name")).isEqualTo("none");
  }

  @Test
  void nothingIsCutOffOnAPhone() {
    Chromium.size(driver, 320, 640);
    open("");
    play();

    assertThat(script("return document.documentElement.scrollWidth")).isEqualTo(320L);
  }

  /** Names the colour that the dot has in a state. */
  private static @Nullable Object dot(String status) {
    return script("""
        document.getElementById('connection').dataset.status = arguments[0];
        const colour = getComputedStyle(document.querySelector('.dot')).backgroundColor;
        const [red, green, blue] = colour.match(/\\d+/g).map(Number);
        if (Math.max(red, green, blue) - Math.min(red, green, blue) < 40) {
          return 'gray';
        }
        return red < green ? 'green' : green > 1.3 * blue ? 'yellow' : 'red';
        """, status);
  }

  private void play() {
    new Scene(server).play();
    await("the whole crew", () -> texts("#agents .card").size() == Scene.AGENTS);
    await("all lines", () -> texts("#log .line").size() == Scene.LINES);
  }

  private static void assertContrast() {
    List<String> measured = Contrast.measure(driver);
    assertThat(measured).hasSizeGreaterThan(60);
    assertThat(measured).filteredOn(one -> one.startsWith(Contrast.POOR)).isEmpty();
  }

  @SuppressWarnings("unchecked")
  private static List<String> headings() {
    Object names =
        script("return [...document.querySelectorAll('h1, h2, h3, h4')].map((one) => one.tagName)");
    return names == null ? List.of() : (List<String>) names;
  }
}
