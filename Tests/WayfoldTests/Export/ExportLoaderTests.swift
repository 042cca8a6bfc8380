import Foundation
import Projections
import Testing

@testable import Wayfold

struct ExportLoaderTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// The manifest of an export of one part with a column of each kind, and the file that it names.
    private func export(_ format: ExportFormat, isFolder: Bool) throws -> ExportTarget {
        let name = "v.p-q." + format.rawValue
        let target = try ExportTarget(scratch.path + (isFolder ? "/it's/" : "/it's." + format.rawValue))
        if isFolder {
            try FileManager.default.createDirectory(atPath: target.path, withIntermediateDirectories: false)
        } else {
            _ = try scratch.file("it's." + format.rawValue, "")
        }
        var manifest = ExportManifest(position: 7, clock: "1970-01-01T00:00:00.000Z")
        manifest.files = [.init(name: isFolder ? name : target.name, format: format, bytes: 0, sha256: "")]
        manifest.parts = [
            .init(
                part: "v/p-q", file: manifest.files[0].name, table: "v_p_q", rows: 2, policy: 1, stale: false,
                setAside: 0,
                columns: Sample.columns.map {
                    .init(name: $0.name, kind: $0.kind.rawValue, unit: $0.unit, scale: $0.kind == .decimal ? 3 : nil)
                })
        ]
        try Data(try manifest.json).write(to: URL(filePath: target.manifestPath))
        return target
    }

    @Test func `pandas reads CSV`() throws {
        let target = try export(.csv, isFolder: true)
        #expect(
            try ExportLoader.pandas.text(for: target) == """
                from datetime import date
                from decimal import Decimal

                import pandas as pd

                # v/p-q: 2 rows at position 7
                types = {
                    "name": "string",
                    "n": "Int64",
                    "money": "string",
                    "rate": "Float64",
                    "at": "string",
                    "day": "string",
                    "is": "boolean",
                }
                v_p_q = pd.read_csv(
                    "\(scratch.path)/it's/v.p-q.csv", dtype=types, keep_default_na=False, na_values=[""], float_precision="round_trip"
                )
                v_p_q["money"] = v_p_q["money"].astype(object).map(Decimal, na_action="ignore")
                v_p_q["at"] = pd.to_datetime(v_p_q["at"], format="ISO8601", utc=True)
                v_p_q["day"] = v_p_q["day"].astype(object).map(date.fromisoformat, na_action="ignore")

                """)
    }

    @Test func `DuckDB reads CSV`() throws {
        #expect(
            try ExportLoader.duckdb.text(for: export(.csv, isFolder: false)) == """
                -- v/p-q: 2 rows at position 7
                CREATE TABLE "v_p_q" AS FROM read_csv('\(scratch.path)/it''s.csv', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
                    nullstr = '', allow_quoted_nulls = false, columns = {
                        'name': 'VARCHAR',
                        'n': 'BIGINT',
                        'money': 'DECIMAL(38, 3)',
                        'rate': 'DOUBLE',
                        'at': 'TIMESTAMPTZ',
                        'day': 'DATE',
                        'is': 'BOOLEAN'
                    });

                """)
    }

    @Test func `PostgreSQL reads CSV`() throws {
        #expect(
            try ExportLoader.postgres.text(for: export(.csv, isFolder: false)) == """
                \\set ON_ERROR_STOP on
                BEGIN;

                -- v/p-q: 2 rows at position 7
                CREATE TABLE "v_p_q" (
                    "name" text,
                    "n" bigint,
                    "money" numeric,
                    "rate" double precision,
                    "at" timestamptz,
                    "day" date,
                    "is" boolean
                );
                \\copy "v_p_q" FROM '\(scratch.path)/it''s.csv' WITH (FORMAT csv, HEADER true, ENCODING 'UTF8')

                COMMIT;

                """)
    }

    @Test func `what a program cannot read is said`() throws {
        let readable: [(ExportLoader, ExportFormat)] = [
            (.pandas, .csv), (.pandas, .ndjson), (.pandas, .sqlite), (.duckdb, .csv), (.duckdb, .ndjson),
            (.postgres, .csv), (.sqlite, .sqlite),
        ]
        for format in ExportFormat.allCases {
            let target = try export(format, isFolder: false)
            for loader in ExportLoader.allCases {
                let text = try? loader.text(for: target)
                #expect((text != nil) == readable.contains { $0 == (loader, format) }, "\(loader) \(format)")
                if let text { #expect(text.contains("it") && text.contains("v_p_q")) }
            }
        }
        #expect(throws: QueryError.self) { try ExportLoader.pandas.text(for: ExportTarget(scratch.path + "/nothing")) }
    }
}
