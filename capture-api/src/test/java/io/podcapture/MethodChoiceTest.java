package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.MethodProvider;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MethodChoiceTest {
    private final ScriptedMethod.Points points = new ScriptedMethod.Points();
    private final CaptureMethod exec = ScriptedMethod.working("exec", points);
    private final CaptureMethod node = ScriptedMethod.working("node", points);
    private final CaptureMethod proxy = ScriptedMethod.working("proxy", points);
    private final MethodChoice all = MethodChoice.inOrder(exec, node, proxy);

    @Test
    void inOrder_methods_keepsTheirOrder() {
        assertThat(all.methods()).containsExactly(exec, node, proxy);
        assertThat(all).hasToString("exec, then node, then proxy");
    }

    @Test
    void inOrder_none_isRefused() {
        assertThatThrownBy(MethodChoice::inOrder).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void inOrder_differentResolvers_isRefusedWithNames() {
        CaptureMethod other = ScriptedMethod.working("other", new ScriptedMethod.Points());
        assertThatThrownBy(() -> MethodChoice.inOrder(exec, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("exec")
                .hasMessageContaining("other");
    }

    @Test
    void named_nobodyKnows_saysWhoIsThere() {
        assertThatThrownBy(() -> MethodChoice.named("exce", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no method is called \"exce\"; known: scripted");
    }

    @Test
    void named_known_isMadeWithTheSettings() {
        assertThat(MethodChoice.named("scripted", Map.of("call", "it this"))).hasToString("it this");
    }

    /** Found by the service loader. */
    public static final class Provider implements MethodProvider {
        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public MethodChoice create(Map<String, String> settings) {
            return MethodChoice.inOrder(
                    ScriptedMethod.working(settings.getOrDefault("call", ""), new ScriptedMethod.Points()));
        }
    }

    @Test
    void without_name_leavesItOut() {
        assertThat(all.without("node").methods()).containsExactly(exec, proxy);
        assertThat(all.methods()).hasSize(3);
    }

    @Test
    void without_lastOne_isRefused() {
        MethodChoice one = MethodChoice.inOrder(exec);
        assertThatThrownBy(() -> one.without("exec")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void preferring_name_triesItFirst() {
        assertThat(all.preferring("proxy").methods()).containsExactly(proxy, exec, node);
    }

    @Test
    void preferring_unknownName_changesNothing() {
        assertThat(all.preferring("nosuch").methods()).containsExactly(exec, node, proxy);
    }
}
