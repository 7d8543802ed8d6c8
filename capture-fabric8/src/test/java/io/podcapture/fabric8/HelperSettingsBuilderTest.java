package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelperSettingsBuilderTest {
    private final HelperSettingsBuilder builder = new HelperSettingsBuilder();

    @Test
    void build_nothingSet_hasTheDefaults() {
        HelperSettings settings = builder.build();
        assertThat(settings.image()).isEqualTo(KubernetesMethods.DEFAULT_IMAGE);
        assertThat(settings.pullPolicy()).isEqualTo("IfNotPresent");
        assertThat(settings.pullSecrets()).isEmpty();
        assertThat(settings.namespace()).isEmpty();
        assertThat(settings.deadline()).isEmpty();
        assertThat(settings.nodeKernelBuffer()).isEqualTo(256L << 20);
        assertThat(settings.tolerations())
                .as("a node with any taint")
                .singleElement()
                .returns("Exists", Toleration::getOperator)
                .returns(null, Toleration::getKey)
                .returns(null, Toleration::getEffect);
        assertThat(settings.resources().getLimits()).containsKeys("cpu", "memory");
        assertThat(settings.resources().getRequests()).containsKeys("cpu", "memory");
    }

    @Test
    void build_everythingSet_hasIt() {
        Toleration one = new TolerationBuilder().withKey("one").build();
        ResourceRequirements none = new ResourceRequirements();
        builder.image("team/tools:1");
        builder.registry("mirror.example");
        builder.pullPolicy("Never");
        builder.pullSecrets("first", "second");
        builder.namespace("tools");
        builder.tolerations(one);
        builder.resources(none);
        builder.deadline(Duration.ofHours(1));
        builder.nodeKernelBuffer(4L << 20);
        HelperSettings settings = builder.build();
        assertThat(settings.image()).isEqualTo("mirror.example/team/tools:1");
        assertThat(settings.pullPolicy()).isEqualTo("Never");
        assertThat(settings.pullSecrets()).containsExactly("first", "second");
        assertThat(settings.namespace()).hasValue("tools");
        assertThat(settings.tolerations()).containsExactly(one);
        assertThat(settings.resources()).isSameAs(none);
        assertThat(settings.deadline()).hasValue(Duration.ofHours(1));
        assertThat(settings.nodeKernelBuffer()).isEqualTo(4L << 20);
    }

    @Test
    void build_registryOnly_movesTheDefaultImage() {
        builder.registry("mirror.example:5000/");
        assertThat(builder.build().image())
                .startsWith("mirror.example:5000/")
                .endsWith(KubernetesMethods.DEFAULT_IMAGE.substring(KubernetesMethods.DEFAULT_IMAGE.lastIndexOf('/')));
    }

    @Test
    void build_noTolerations_hasNone() {
        builder.tolerations();
        assertThat(builder.build().tolerations()).isEmpty();
    }

    static Stream<Named<Consumer<HelperSettingsBuilder>>> refused() {
        return Stream.of(
                Named.of("image", b -> b.image(" ")),
                Named.of("registry", b -> b.registry("")),
                Named.of("policy", b -> b.pullPolicy("always")),
                Named.of("namespace", b -> b.namespace("")),
                Named.of("deadline", b -> b.deadline(Duration.ofMillis(999))),
                Named.of("no deadline", b -> b.deadline(Duration.ZERO)),
                Named.of("buffer", b -> b.nodeKernelBuffer((4L << 20) - 1)));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void set_valueOutOfRange_isRefused(Consumer<HelperSettingsBuilder> set) {
        assertThatThrownBy(() -> set.accept(builder)).isInstanceOf(IllegalArgumentException.class);
    }
}
