package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.podcapture.CapturePoint;
import io.podcapture.Targets;
import io.podcapture.spi.CaptureRequest;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolRoomTest {
    private static final OptionalLong NONE = OptionalLong.empty();
    private static final OptionalLong GIGABYTE = OptionalLong.of(1_000_000_000);

    @Test
    void of_callersLimitThatIsAsGoodAsNone_isAllTheRoom() {
        assertThat(SpoolRoom.of(GIGABYTE, NONE, OptionalLong.of(Long.MAX_VALUE)).files())
                .isEqualTo(32);
    }

    @Test
    void of_volume_isUsedUpToFourFifthsInFilesOfOneSize() {
        assertThat(SpoolRoom.of(GIGABYTE, NONE, NONE)).isEqualTo(new SpoolRoom(25, 32, 32, 38));
    }

    @Test
    void of_podThatMayUseLess_isWhatCounts() {
        assertThat(SpoolRoom.of(GIGABYTE, OptionalLong.of(100_000_000), NONE))
                .isEqualTo(SpoolRoom.of(OptionalLong.of(100_000_000), NONE, NONE))
                .isEqualTo(new SpoolRoom(2, 40, 40, 47));
    }

    @Test
    void of_podThatMayUseMore_doesNotCount() {
        assertThat(SpoolRoom.of(GIGABYTE, OptionalLong.of(5_000_000_000L), NONE))
                .isEqualTo(SpoolRoom.of(GIGABYTE, NONE, NONE));
    }

    @Test
    void of_noLimitAtAll_isLargeFilesWithoutOverflow() {
        SpoolRoom room = SpoolRoom.of(NONE, NONE, NONE);
        assertThat(room.megabytes()).isEqualTo(1000);
        assertThat(room.files()).isEqualTo(room.filesOfAll()).isGreaterThan(1_000_000);
        assertThat(room.most()).isGreaterThan(room.files());
    }

    @ParameterizedTest
    @ValueSource(longs = {8 << 20, 10_000_000, 50_000_000, 512 << 20, 77_777_777_777L, 1L << 50})
    void of_volumeOfAnySize_keepsPodFromItsEviction(long volume) {
        SpoolRoom room = SpoolRoom.of(OptionalLong.of(volume), NONE, NONE);
        long file = room.megabytes() * 1_000_000L;
        assertThat(room.filesOfAll() * file)
                .isLessThanOrEqualTo(volume / 10 * 8)
                .isGreaterThan(volume / 10 * 7);
        // The file that is being written when the watch looks; and the volume holds more than packets.
        assertThat(room.most()).isGreaterThan(room.files());
        assertThat(room.most() * file).isLessThan(volume);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999_999, 2_000_000})
    void of_hardlyAnyRoom_isTwoSmallFiles(long volume) {
        assertThat(SpoolRoom.of(OptionalLong.of(volume), NONE, NONE)).isEqualTo(new SpoolRoom(1, 2, 2, 3));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "25000000, 1", "25000001, 2", "799999999, 32", "800000001, 32", "9000000000, 32"})
    void of_callersLimit_isRoundedUpToWholeFilesWithinTheRoom(long wanted, long files) {
        SpoolRoom room = SpoolRoom.of(GIGABYTE, NONE, OptionalLong.of(wanted));
        assertThat(room.files()).isEqualTo(files);
        assertThat(room.megabytes()).as("as that of the others in the volume").isEqualTo(25);
        assertThat(room.filesOfAll()).isEqualTo(32);
        assertThat(room.most()).isEqualTo(38);
    }

    @Test
    void of_podAndRequest_takesTheLimitsOfItsVolumeItsContainersAndTheCaller() {
        Pod pod = pod().build();
        assertThat(SpoolRoom.of(new PodView(pod), request(NONE))).isEqualTo(new SpoolRoom(25, 32, 32, 38));
        assertThat(SpoolRoom.of(new PodView(pod), request(OptionalLong.of(30_000_000))))
                .isEqualTo(new SpoolRoom(25, 2, 32, 38));
        Pod limited = pod().editSpec()
                .editFirstContainer()
                .withNewResources()
                .addToLimits("ephemeral-storage", new Quantity("100M"))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
        assertThat(SpoolRoom.of(new PodView(limited), request(NONE))).isEqualTo(new SpoolRoom(2, 40, 40, 47));
    }

    private static PodBuilder pod() {
        return Pods.running("web")
                .editSpec()
                .addNewVolume()
                .withName("cache")
                .withNewEmptyDir()
                .withSizeLimit(new Quantity("10M"))
                .endEmptyDir()
                .endVolume()
                .addNewVolume()
                .withName(SidecarContainer.VOLUME)
                .withNewEmptyDir()
                .withSizeLimit(new Quantity("1G"))
                .endEmptyDir()
                .endVolume()
                .endSpec();
    }

    private static CaptureRequest request(OptionalLong maxBytes) {
        return new CaptureRequest(
                Targets.pod("demo", "web"),
                CapturePoint.builder("uid-web", "demo/web").build(),
                "any",
                "",
                262_144,
                64L << 20,
                NONE,
                maxBytes);
    }
}
