package org.liveupdate.shell.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.api.runtime.dto.HandlerDTO;
import org.liveupdate.api.runtime.dto.IncomingFlbDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;
import org.liveupdate.shell.text.Samples;

class CandidatesTest {
    private static RuntimeDTO core() {
        RuntimeDTO core = Samples.core();
        core.sessions = new SessionDTO[]{
                Samples.session("OUTGOING", "vm-1", Samples.file(1, "memfd-v2", "PRESERVED"),
                        Samples.file(7, "memfd-v2", "PRESERVED")),
                Samples.session("INCOMING", "vm-0", Samples.file(3, "memfd-v2", "KNOWN"))};
        core.handlers = new HandlerDTO[]{Samples.handler("memfd-v2", "memfd", 2)};
        core.flbs = new FlbDTO[]{Samples.flb("pool-v1", "pool", "IDLE", 0)};
        core.incoming = new IncomingFlbDTO[]{Samples.incoming("old-v1", "PENDING", 1)};
        return core;
    }

    @ParameterizedTest
    @CsvSource({"files,vm-0 vm-1", "liveupdate:files,vm-0 vm-1", "files --json,vm-0 vm-1", "preserve,vm-1",
            "preserve vm-1,''", "retrieve,vm-0", "retrieve vm-0,3", "save vm-0,3", "save vm-0 3,''", "finish,vm-0",
            "finish --yes,vm-0", "close,vm-0 vm-1", "discard,old-v1 vm-0 vm-1", "discard vm-1,1 7",
            "discard -y vm-1,1 7", "unload,disk memfd", "swap,disk memfd", "swap memfd,''", "plan,disk kexec memfd",
            "why,disk kexec memfd memfd-v2 old-v1 pool-v1 vm-0 vm-1", "create,''", "status,''", "no-command,''"})
    void whatCanStandBehindTheWordsIsWhatThereIsOfThatKind(String words, String candidates) {
        List<String> line = List.of(words.split(" "));

        assertEquals(candidates, String.join(" ",
                Candidates.at(line, line.size(), core(), Stream.of("memfd", "disk", "memfd"))));
    }
}
