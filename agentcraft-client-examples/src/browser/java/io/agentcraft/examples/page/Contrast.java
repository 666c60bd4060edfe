package io.agentcraft.examples.page;

import java.util.List;
import org.openqa.selenium.chrome.ChromeDriver;

/** Measures contrast as WCAG 2 defines it, from the colours that the browser computed. */
final class Contrast {

  static final String POOR = "poor: ";

  /** Text needs 4.5; bars, dots and the edges of controls need 3. */
  private static final String SCRIPT = """
      const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
      const isOpaque = (colour) => channels(colour).length === 3 || channels(colour)[3] === 1;
      const luminance = (colour) => channels(colour).slice(0, 3)
        .map((value) => value / 255)
        .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
        .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
      const ratio = (a, b) => {
        const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
        return (light + 0.05) / (dark + 0.05);
      };
      const behind = (element) => {
        for (let one = element; one; one = one.parentElement) {
          const colour = getComputedStyle(one).backgroundColor;
          if (isOpaque(colour)) {
            return colour;
          }
        }
        return 'rgb(255, 255, 255)';
      };
      const found = [];
      const measure = (what, front, back, least) => {
        const measured = ratio(front, back);
        found.push(`${measured < least ? 'poor: ' : ''}${measured.toFixed(2)} of ${least}, ${what}`);
      };
      for (const element of document.querySelectorAll('body *')) {
        const style = getComputedStyle(element);
        const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        if (!element.checkVisibility() || element.matches('.unseen, noscript, option')) {
          continue;
        }
        const name = `${element.tagName} ${element.className} '${element.textContent.slice(0, 20)}'`;
        if (hasText || element.matches('select')) {
          measure(name, style.color, behind(element), 4.5);
        }
        if (element.matches('.fill')) {
          measure(name, style.backgroundColor, behind(element.parentElement), 3);
        }
        if (element.matches('.dot')) {
          measure(name, style.backgroundColor, behind(element.parentElement), 3);
        }
        if (element.matches('button, select')) {
          measure(name, style.borderTopColor, behind(element.parentElement), 3);
        }
      }
      return found;
      """;

  private Contrast() {}

  /** Returns a line for each text, bar, dot and control that is shown; those below level AA begin with {@link #POOR}. */
  static List<String> measure(ChromeDriver driver) {
    Object found = driver.executeScript(SCRIPT);
    return found instanceof List<?> lines
        ? lines.stream().map(String::valueOf).toList()
        : List.of();
  }
}
