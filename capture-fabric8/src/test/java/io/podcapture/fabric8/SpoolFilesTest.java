package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.RemoteProcess;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of what the commands send, and of how they end. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpoolFilesTest {
    private static final byte[] NOTHING = {};

    private final LooseContext context = new LooseContext();
    private final MemorySink sink = new MemorySink();
    private final Deque<CaptureException> refusals = new ArrayDeque<>();
    private final Deque<RemoteProcess> processes = new ArrayDeque<>();
    private final List<List<String>> commands = new ArrayList<>();
    private final List<Duration> limits = new ArrayList<>();
    private final SpoolFiles files = new SpoolFiles(this::start, context, sink);

    @Test
    void directory_ofEachCapture_isItsOwnBelowTheVolume() {
        assertThat(files.directory()).matches("/podcapture/test-[0-9a-f]{8}");
        assertThat(new SpoolFiles(this::start, context, sink).directory()).isNotEqualTo(files.directory());
    }

    @Test
    void forget_deadSessions_removesTheirFilesOnly() throws Exception {
        files.forget(Set.of());
        assertThat(commands).isEmpty();
        sends(SendingProcess.ending(new byte[0], 0));
        files.forget(Set.of("dead"));
        assertThat(commands).containsExactly(SidecarScripts.forget("/podcapture", List.of("dead")));
    }

    // They take room, no more.
    @Test
    void forget_commandFails_isNoFault() throws Exception {
        sends(SendingProcess.breaking(new byte[0]));
        files.forget(Set.of("dead"));
        assertThat(context.diagnostics).anyMatch(line -> line.contains("sessions that were killed"));
    }

    @Test
    void fetch_archive_isOneStreamAndAcknowledgedOnce() throws Exception {
        SendingProcess tar = sending(Archives.of("one", "two", "three"), 0);
        files.fetch(true);
        assertThat(sink.octets()).asString().isEqualTo(Archives.HEADER + "onetwothree");
        assertThat(tar.heard).containsExactly("ack");
        assertThat(tar.closed).isDone();
        assertThat(commands).containsExactly(SidecarScripts.tar(files.directory()));
        Awaitility.await("complaints read").until(() -> tar.stderr.available() == 0);
    }

    @Test
    void fetch_archiveCutInTheMiddle_isNotAcknowledged() throws Exception {
        byte[] archive = Archives.of("one", "two");
        SendingProcess tar = sends(SendingProcess.breaking(Arrays.copyOf(archive, 1024 + 512 + 25)));
        assertThatThrownBy(() -> files.fetch(true)).isInstanceOf(IOException.class);
        assertThat(sink.octets()).asString().startsWith(Archives.HEADER + "one");
        assertThat(tar.heard).isEmpty();
        assertThat(tar.closed).isDone();
    }

    @Test
    void fetch_archiveCutBetweenFiles_isNotTakenForTheEnd() throws Exception {
        sends(SendingProcess.breaking(Arrays.copyOf(Archives.of("one", "two"), 1024)));
        assertThatThrownBy(() -> files.fetch(true))
                .isInstanceOf(UntoldEnd.class)
                .hasMessageStartingWith("the command that sends the files told no end: ")
                .hasMessageEndingWith("connection reset");
        assertThat(sink.octets()).asString().isEqualTo(Archives.HEADER + "one");
    }

    @Test
    void fetch_archiveWhoseSenderTellsNoEnd_isWholeByItsOwn() throws Exception {
        SendingProcess tar = sends(SendingProcess.breaking(Archives.of("one", "two")));
        files.fetch(true);
        assertThat(sink.octets()).asString().isEqualTo(Archives.HEADER + "onetwo");
        assertThat(tar.heard).containsExactly("ack");
        assertThat(context.diagnostics).anyMatch(line -> line.contains("told no end"));
    }

    @Test
    void fetch_fileThatEndsWithinAPacket_isAFault() throws Exception {
        SendingProcess tar = sending(Archives.of("one", "two"), 0);
        sink.withinPacket(true);
        assertThatThrownBy(() -> files.fetch(true)).isInstanceOf(EOFException.class);
        assertThat(tar.heard).isEmpty();
    }

    @Test
    void fetch_sinkIsFull_isNotAcknowledged() throws Exception {
        SendingProcess tar = sending(Archives.of("one", "two"), 0);
        SpoolFiles narrow = new SpoolFiles(this::start, context, new MemorySink(28));
        assertThatThrownBy(() -> narrow.fetch(true)).isInstanceOf(PacketStream.Full.class);
        assertThat(tar.heard).isEmpty();
        assertThat(tar.closed).isDone();
    }

    @ParameterizedTest
    @CsvSource({
        "0, the command that sends the files sent none",
        "1, the command that sends the files ended with status 1",
        "66, there is no file of packets in /podcapture/test-"
    })
    void fetch_nothingSent_saysWhy(int status, String why) {
        sends(SendingProcess.ending(NOTHING, status));
        assertThatThrownBy(() -> files.fetch(true))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(why);
        assertThat(commands).as("cat is tried where there is no tar only").hasSize(1);
    }

    @Test
    void fetch_tarFails_isAFaultHoweverMuchCame() throws Exception {
        sending(Archives.of("one"), 2);
        assertThatThrownBy(() -> files.fetch(true))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("status 2");
        assertThat(sink.octets()).asString().endsWith("one");
    }

    @Test
    void fetch_tarFailedBeforeItWasTold_isAFaultToo() throws Exception {
        sends(SendingProcess.ending(Archives.of("one"), 2));
        assertThatThrownBy(() -> files.fetch(true))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("status 2");
    }

    @Test
    void fetch_withoutTar_fetchesFilesUntilThereIsNone() throws Exception {
        sends(SendingProcess.ending(NOTHING, 67));
        SendingProcess first = sending(sized("one"), 0);
        SendingProcess second = sending(sized("two"), 0);
        sends(SendingProcess.ending(NOTHING, 66));
        files.fetch(true);
        assertThat(sink.octets()).asString().isEqualTo(Archives.HEADER + "onetwo");
        assertThat(first.heard).containsExactly("ack");
        assertThat(second.heard).containsExactly("ack");
        assertThat(commands.subList(1, 4))
                .containsExactly(
                        SidecarScripts.file(files.directory(), 0),
                        SidecarScripts.file(files.directory(), 1),
                        SidecarScripts.file(files.directory(), 2));
    }

    @Test
    void fetch_withoutTarAndSendersTellNoEnd_goesOnSinceSizesWereTold() throws Exception {
        sends(SendingProcess.ending(NOTHING, 67));
        sends(SendingProcess.breaking(sized("one")));
        sends(SendingProcess.breaking(sized("two")));
        sends(SendingProcess.ending(NOTHING, 66));
        files.fetch(true);
        assertThat(sink.octets()).asString().isEqualTo(Archives.HEADER + "onetwo");
    }

    @Test
    void fetch_withoutTarAndNobodyTellsWhetherThereIsMore_isNotTakenForTheEnd() {
        sends(SendingProcess.ending(NOTHING, 67));
        sending(sized("one"), 0);
        sends(SendingProcess.breaking(NOTHING));
        assertThatThrownBy(() -> files.fetch(true)).isInstanceOf(UntoldEnd.class);
    }

    @ParameterizedTest
    @CsvSource({"66, there is no file of packets in /podcapture/test-", "1, the command that sends the files ended with"
    })
    void fetch_withoutTarAndFirstFile_saysWhy(int status, String why) {
        sends(SendingProcess.ending(NOTHING, 67));
        sends(SendingProcess.ending(NOTHING, status));
        assertThatThrownBy(() -> files.fetch(true))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(why);
    }

    @Test
    void fetch_withoutTarAndLaterOneFails_isNotTakenForTheEnd() {
        sends(SendingProcess.ending(NOTHING, 67));
        sending(sized("one"), 0);
        sends(SendingProcess.ending(NOTHING, 127));
        assertThatThrownBy(() -> files.fetch(true))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("status 127");
    }

    @Test
    void fetch_fileCutInTheMiddle_isAFault() {
        sends(SendingProcess.ending(NOTHING, 67));
        SendingProcess cut = sends(SendingProcess.ending("100\nshort".getBytes(StandardCharsets.US_ASCII), 0));
        assertThatThrownBy(() -> files.fetch(true)).isInstanceOf(EOFException.class);
        assertThat(cut.heard).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, 10", "false, 1"})
    void fetch_afterALossOfTheConnection_doesNotWaitLongForAnother(boolean connected, long seconds) throws Exception {
        sending(Archives.of("one"), 0);
        files.fetch(connected);
        assertThat(limits).containsExactly(Duration.ofSeconds(seconds));
    }

    @Test
    void fetch_refusedByABusyServer_isTriedAgainAfterASecond() throws Exception {
        CaptureException busy = new CaptureException(FailureReason.STREAM_LOST, "code 429");
        refusals.addAll(List.of(busy, busy));
        sending(Archives.of("one"), 0);
        CompletableFuture<Void> fetch = fetching(true);
        passPause();
        passPause();
        fetch.get(10, TimeUnit.SECONDS);
        assertThat(sink.octets()).asString().isEqualTo(Archives.HEADER + "one");
    }

    @Test
    void fetch_refusedAgainAndAgain_isGivenUp() {
        CaptureException busy = new CaptureException(FailureReason.STREAM_LOST, "code 429");
        refusals.addAll(List.of(busy, busy, busy));
        CompletableFuture<Void> fetch = fetching(true);
        passPause();
        passPause();
        assertThatThrownBy(() -> fetch.get(10, TimeUnit.SECONDS)).hasRootCause(busy);
        assertThat(commands).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"true, TARGET_NOT_FOUND", "false, STREAM_LOST"})
    void fetch_refusedForGood_isNotTriedAgain(boolean connected, FailureReason reason) {
        CaptureException refusal = new CaptureException(reason, "it is gone");
        refusals.add(refusal);
        assertThatThrownBy(() -> files.fetch(connected)).isSameAs(refusal);
    }

    @Test
    void remove_directory_isRemovedWithAllInIt() throws Exception {
        sends(SendingProcess.ending(NOTHING, 0));
        files.remove();
        assertThat(commands).containsExactly(List.of("rm", "-rf", "--", files.directory()));
    }

    @Test
    void remove_refused_isTold() {
        CaptureException refusal = new CaptureException(FailureReason.FORBIDDEN, "no exec");
        sends(PrintedProcess.refused(refusal));
        assertThatThrownBy(files::remove).isSameAs(refusal);
    }

    private RemoteProcess start(List<String> argv, Duration limit) {
        commands.add(argv);
        limits.add(limit);
        if (!refusals.isEmpty()) {
            throw refusals.remove();
        }
        return processes.remove();
    }

    private CompletableFuture<Void> fetching(boolean connected) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        files.fetch(connected);
                    } catch (IOException | InterruptedException e) {
                        throw new CompletionException(e);
                    }
                },
                context.executor());
    }

    private void passPause() {
        Awaitility.await("the pause").until(() -> context.timers.waiting() > 0);
        context.timers.passSecond();
    }

    private SendingProcess sending(byte[] octets, int status) {
        return sends(SendingProcess.of(octets, status));
    }

    private <T extends RemoteProcess> T sends(T process) {
        processes.add(process);
        return process;
    }

    private static byte[] sized(String packets) {
        String file = Archives.HEADER + packets;
        return (file.length() + "\n" + file).getBytes(StandardCharsets.US_ASCII);
    }
}
