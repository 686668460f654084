Attribute VB_Name = "xlwings"
Option Explicit

' Stands in for the module of xlwings in LibreOffice, which cannot compile the real one (tests only, never
' shipped): the same RunPython, and what the worksheet functions call. Python is asked through files.

Public Function RunPython(PythonCommand As String) As Variant
    Dim reply As String
    reply = Ask("macro" & vbLf & PythonCommand)
    RunPython = 0
    If Left(reply, 2) <> "OK" Then RunPython = -1
End Function

Public Function CallUDF(ByVal functionName As String, ByVal arguments As Variant) As Variant
    Dim question As String, index As Integer
    question = "function" & vbLf & functionName
    For index = LBound(arguments) To UBound(arguments)
        If IsError(arguments(index)) Then
            question = question & vbLf & "-"
        ElseIf IsObject(arguments(index)) Then
            question = question & vbLf & Written(arguments(index).Value)
        Else
            question = question & vbLf & Written(arguments(index))
        End If
    Next index
    CallUDF = Grid(Ask(question))
End Function

Private Function Ask(ByVal question As String) As String
    Dim folder As String, file As Integer, line_ As String, started As Double
    folder = Environ("HOKA_TWIN_FOLDER")
    If Dir(folder & "/answer.txt") <> "" Then Kill folder & "/answer.txt"
    file = FreeFile
    Open folder & "/question.txt" For Output As #file
    Print #file, question
    Close #file
    Shell Environ("HOKA_TWIN_PYTHON") & " " & Environ("HOKA_TWIN_RUNNER"), 0
    started = Timer
    Do While Dir(folder & "/answer.txt") = ""
        Wait 50
        If Timer - started > 60 Then Err.Raise 1000, "xlwings", "Python does not answer"
    Loop
    file = FreeFile
    Open folder & "/answer.txt" For Input As #file
    Do While Not EOF(file)
        Line Input #file, line_
        Ask = Ask & line_ & vbLf
    Loop
    Close #file
End Function

' One argument as a line: rows apart by ";", cells by "|", each cell with a letter for its kind.
Private Function Written(ByVal argument As Variant) As String
    Dim row As Long, column As Long
    If IsArray(argument) Then
        For row = LBound(argument, 1) To UBound(argument, 1)
            If row > LBound(argument, 1) Then Written = Written & ";"
            For column = LBound(argument, 2) To UBound(argument, 2)
                If column > LBound(argument, 2) Then Written = Written & "|"
                Written = Written & OneCell(argument(row, column))
            Next column
        Next row
    Else
        Written = OneCell(argument)
    End If
End Function

Private Function OneCell(ByVal value As Variant) As String
    If IsError(value) Then
        OneCell = "e#N/A"
    ElseIf IsEmpty(value) Or IsNull(value) Then
        OneCell = "-"
    ElseIf VarType(value) = 8 Then
        OneCell = "s" & value
    ElseIf VarType(value) = 11 Then
        OneCell = "b" & IIf(value, "1", "0")
    Else
        OneCell = "n" & Trim(Str(value))
    End If
End Function

Private Function Grid(ByVal reply As String) As Variant
    Dim rows As Variant, cells As Variant, made() As Variant, row As Long, column As Long
    rows = Split(Split(reply, vbLf)(0), ";")
    cells = Split(rows(0), "|")
    If UBound(rows) = 0 And UBound(cells) = 0 Then
        Grid = CellValue(cells(0))
        Exit Function
    End If
    ReDim made(0 To UBound(rows), 0 To UBound(cells))
    For row = 0 To UBound(rows)
        cells = Split(rows(row), "|")
        For column = 0 To UBound(cells)
            made(row, column) = CellValue(cells(column))
        Next column
    Next row
    Grid = made
End Function

Private Function CellValue(ByVal cell As String) As Variant
    Select Case Left(cell, 1)
        Case "n": CellValue = Val(Mid(cell, 2))
        Case "b": CellValue = (Mid(cell, 2) = "1")
        Case Else: CellValue = Mid(cell, 2)
    End Select
End Function
